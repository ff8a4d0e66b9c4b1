/** Sections known by their name, in the languages that are tested: English, German, Chinese. */

const ABSTRACT =
  /^(?:abstract|summary|executive summary|introduction|overview|about|tl;?dr|zusammenfassung|kurzfassung|einleitung|einführung|überblick|résumé|resumen|摘要|引言|简介|概述|概要|前言|导言|はじめに)$/;
const CONCLUSION =
  /^(?:(?:discussion and )?conclusions?(?: and .{1,40})?|concluding remarks|summary and .{1,40}|schluss|fazit|ausblick|schlussfolgerung(?:en)?|结论|总结|结语)$/;
const BACK =
  /^(?:references(?: and .{1,30})?|(?:selected )?bibliography|works cited|literature(?: cited)?|see also|external links|further reading|notes(?: and references)?|footnotes|endnotes|citations|sources|acknowledge?ments?|about the authors?|author contributions|funding|conflicts? of interest|competing interests|licen[sc]e|index|table of contents|contents|imprint|colophon|uncopyright|copyright|credits|changelog|contributors|literatur(?:verzeichnis)?|einzelnachweise|weblinks|quellen(?:verzeichnis)?|danksagung|inhalt(?:sverzeichnis)?|siehe auch|fußnoten|anmerkungen|impressum|参考文献|参考资料|致谢|目录|外部链接|脚注|注释|参见|延伸阅读)$/;

/** A heading's words without its number: `3.1 Attention` is `Attention`. */
export function bareHeading(heading: string): string {
  const bare = heading
    .replace(
      /^(?:(?:chapter|section|appendix|kapitel|abschnitt|anhang)\s+)?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[A-Z]|[IVX]{1,5})[.):]?\s+(?=\S)/i,
      (number) => (/^[ai]\s/i.test(number) ? number : ''),
    )
    .replace(/^第[一二三四五六七八九十\d]{1,3}[章节]\s*|^[一二三四五六七八九十]{1,3}、\s*/, '')
    .replace(/[\s:：.]+$/, '');
  return bare === '' ? heading : bare;
}

export function isAbstract(title: string): boolean {
  return ABSTRACT.test(title.toLowerCase());
}

export function isConclusion(title: string): boolean {
  return CONCLUSION.test(title.toLowerCase());
}

export function isBackMatter(title: string): boolean {
  return BACK.test(title.toLowerCase());
}
