/**
 * Frequent function words of the languages that share a script, for telling them apart. Lists of about equal length, so
 * that the hits can be compared.
 */
export const LATIN_WORDS: Readonly<Record<string, string>> = {
  en: 'the of and to in is that for it with as was on are be this by from at which or have an not were has can but their they we you will would should how what',
  de: 'der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über so zum oder war haben nur wir ich',
  fr: 'de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec son aux cette ou nous comme mais être elle ont leur été ces vous je sa fait',
  es: 'de la que el en y a los del se las por un para con no una su al lo como más pero sus le ha es o este sí porque esta entre cuando muy sin sobre también hasta hay donde son fue está ser',
  it: 'di e il la che in a per un è del non con i una da le si della sono al dei gli come nel alla più ha delle anche lo su o se ma nella questo dal essere stato ed due tra loro degli',
  pt: 'de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando muito há nos já está também só pelo pela até isso são',
  nl: 'de van het een en in is dat op te zijn met voor niet aan er die om als dan maar bij ook of naar door worden wordt uit over hij wat deze nog heeft meer tot zich kan geen werd ze zo dit',
  sv: 'och i att det som en på är av för med den till inte om ett han de var jag sig från vi så kan men har vid eller detta även efter under när man nu också vara ska där hade blir sin',
  da: 'og i at det er en til på som for med de den der af ikke et har var han jeg vi men om sig fra kan ud eller også blev efter være når over ved hvor skal havde mod denne dette kun deres',
  no: 'og i det er en på som for med til av at de har den ikke et om var han jeg vi men seg fra kan ut eller også ble etter være når over ved hvor skal hadde mot denne dette bare deres hva fra noen blir',
  fi: 'ja on ei se että oli hän joka mutta ovat kuin niin myös tai ole mukaan kun jos sekä vain sen voi joita nyt jo sitä olla kanssa kuitenkin vuonna hänen mitä tämä siitä tässä noin sillä',
  pl: 'w i na z się nie do to że jest o od po przez jak za co dla są ale oraz tym tego które był czy może tak jego być także lub który już jej która tylko ich ze między pod gdy przed',
  cs: 'a v na se je že to s z do o i k ve pro za jsou ale jako po by od podle jeho která který které nebo být už až také při jsem si tak roku mezi není jen pod před však této než',
  sk: 'a v na sa je že to s z do o i k vo pre za sú ale ako po by od podľa jeho ktorá ktorý ktoré alebo byť už až aj pri som si tak roku medzi nie je len pod pred však tejto než bol bola',
  hu: 'a az és hogy nem is egy meg ez volt de csak már vagy mint még ki el azt ha kell lehet után van minden között majd ezt pedig így több amely mert sem által illetve való szerint',
  ro: 'de și în a la cu pe un o că din nu este pentru care se mai sau fi prin al sunt dar ca ce cele au lui fost ale după fără între această acest ei foarte cel cea fiind și despre',
  tr: 've bir bu da için ile de çok olarak daha olan gibi en ne var o sonra kadar ama mi her değil ya ki olduğu ise göre içinde tarafından oldu veya bunu tüm ancak şey iki hem',
  id: 'yang dan di dari untuk dengan pada ini dalam tidak adalah itu akan ke oleh juga sebagai atau ada lebih telah dapat bisa karena mereka tersebut bahwa kita saya seperti secara menjadi antara hanya para sudah',
  vi: 'và của là có trong được cho các một những với không này từ khi để người ra đã về năm như tại nhiều vào đến hay bị thì cũng nó trên sau theo sẽ hoặc còn đó vì',
  ca: 'de la i el que en a els les per un del una amb és al es no va com més van dels seu entre aquest aquesta o són seva també però ser sobre molt fins pel quan on ja havia',
  hr: 'i u je na se da su za od s kao iz ne koji bi o ili što biti ali koje samo nije koja do te može sve po bio još jer prema sa ovo ima kako nakon između bila',
};

export const CYRILLIC_WORDS: Readonly<Record<string, string>> = {
  ru: 'и в не на что с по это как он из у но за от же так для вы бы который только или ещё еще также если когда был были его она они быть может при до является',
  uk: 'і в не на що з у та до це як від за він але є або для про так його при які який було також був щоб якщо цей ще через після може бути між під',
  bg: 'и на в да се за от не е са по с това като но или че който които до при към ще след само една един най бъде може този тази между има са беше',
};
