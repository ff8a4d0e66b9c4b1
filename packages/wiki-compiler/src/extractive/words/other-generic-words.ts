/** German and Chinese words that name nothing by themselves, as `ENGLISH_GENERIC_WORDS`. */
import { wordSet } from './word-set.ts';

export const GERMAN_GENERIC_WORDS = wordSet(`
verfahren form teil teile jahr jahre jahrhundert jahrzehnt zeit art weise beispiel beispiele fall fälle seite seiten punkt
frage fragen grund gründe ziel ziele aufgabe aufgaben arbeit ergebnis ergebnisse ende anfang zahl anzahl menge größe höhe
weg stelle stellen ort mensch menschen leser leserinnen person personen leute mann männer frau frauen tag tage stunde
stunden woche monat minute sekunde bereich bereiche ebene möglichkeit möglichkeiten problem probleme lösung lösungen
methode methoden system systeme prozess prozesse funktion funktionen element elemente eigenschaft eigenschaften bedeutung
entwicklung änderung änderungen unterschied unterschiede vergleich überblick abschnitt kapitel leitfaden text texte bild
bilder geschichte anwendung anwendungen nutzung nutzer benutzer regel regeln wert werte name namen wort wörter begriff
begriffe information informationen daten code programm programme sprache typ typen gruppe gruppen reihe rolle mittel
hand hände welt land länder exemplar exemplare sache ding dinge folge folgen wirkung ursache stück blatt
`);

export const CHINESE_GENERIC_WORDS = wordSet(`
系统 数据 方法 请求 问题 使用 设计 保存 决定 时间 结果 情况 内容 部分 方式 过程 功能 特点 作用 原因 影响 需要 可以 进行
提供 实现 通过 支持 包括 例子 例如 用户 公司 网站 工程师 读者 本文 技术 概念 结构 类型 信息 工作 发展 研究 分析 管理
操作 处理 选择 变化 增加 减少 提高 降低 解决 说明 介绍 同时 之间 其他 许多 大量 不同 相同 重要 主要 常用 常见 一般
保证 避免 导致 允许 读取 写入 更新 删除 访问 查询 返回 到达 发布 元素 空间 规则 数量 程序 软件 业务 对象 名称 文件
`);
