/// The look of HTML papers: an official print, and a page that a phone can show. 版式
enum Stylesheet {
  /// What a browser prints in the margin of every page: class and sample mark, page of pages.
  ///
  /// - Parameter words: fixed words of the program, never data.
  static func margins(_ words: String) -> String {
    "@page { @top-right { content: \"\(words)\"; font-size: 9pt; font-weight: 700; color: #a61b1b; }\n"
      + "  @bottom-right { content: counter(page) \" / \" counter(pages); font-size: 8pt; } }\n"
  }

  static let paper = """
    @page { size: A4; margin: 18mm 17mm 16mm 17mm; }
    @page sheet { size: A3 landscape; margin: 6mm;
      @top-right { content: none; } @bottom-right { content: none; } }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; }
    body { margin: 0; background: #e9ecf1; color: #16191d; line-height: 1.62;
      font: 15px/1.62 "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC",
      "Microsoft YaHei", "PingFang SC", sans-serif; }
    main { max-width: 860px; margin: 0 auto; background: #fff; padding: 34px 44px 28px; }
    .running { position: sticky; top: 0; z-index: 2; max-width: 860px; margin: 0 auto;
      background: #fff; padding: 7px 44px; text-align: right; font-size: 12px;
      border-bottom: 1px solid #e3e6eb; }
    .running span { display: inline-block; border: 1px solid; border-radius: 2px;
      padding: 0 8px; margin-left: 8px; font-weight: 700; }
    .class { color: #a61b1b; }
    .sample { color: #8a5a00; }
    header { border-bottom: 2.5px solid #a61b1b; margin-bottom: 16px; padding-bottom: 8px; }
    h1 { margin: 0; font-size: 26px; line-height: 1.32; letter-spacing: .01em;
      font-family: "方正小标宋简体", "Noto Serif CJK SC", "Noto Serif SC", STZhongsong, SimSun, serif; }
    .subtitle { margin: 5px 0 0; color: #4b5460; font-size: 14px; }
    h2 { font-size: 18px; margin: 24px 0 8px; padding-left: 10px; border-left: 4px solid #a61b1b;
      line-height: 1.35; }
    h3 { font-size: 15.5px; margin: 16px 0 6px; }
    h4 { font-size: 15px; margin: 12px 0 4px; color: #333b46; }
    p { margin: 6px 0; }
    ul { margin: 6px 0; padding-left: 1.4em; }
    li { margin: 3px 0; }
    .keys { display: flex; flex-wrap: wrap; gap: 10px; margin: 12px 0; }
    .key { flex: 1 1 200px; border: 1px solid #cfd5de; border-top: 3px solid #2f3e55;
      padding: 8px 12px 9px; }
    .key p { margin: 0; }
    .key .label { font-size: 13px; color: #4b5460; }
    .key .value { font-size: 20px; font-weight: 700; line-height: 1.35; margin: 2px 0; }
    .key .range { font-size: 13px; font-weight: 600; color: #333b46; }
    .key .why { font-size: 12px; color: #5c6470; line-height: 1.45; }
    .scroll { overflow-x: auto; }
    table { width: 100%; border-collapse: collapse; margin: 8px 0; font-size: 13px;
      line-height: 1.45; border-top: 1.6px solid #2f3e55; border-bottom: 1.6px solid #2f3e55; }
    caption { text-align: left; font-weight: 700; padding: 4px 0; font-size: 13.5px; }
    th { background: #f1f4f8; font-weight: 700; border-bottom: 1px solid #8b95a5;
      padding: 5px 7px; vertical-align: bottom; }
    th small { display: block; font-weight: 400; color: #5c6470; }
    td { padding: 4px 7px; border-bottom: 1px solid #e3e6eb; vertical-align: top; }
    .leading { text-align: left; }
    .trailing { text-align: right; font-variant-numeric: tabular-nums; }
    .centre { text-align: center; }
    tr.total td { font-weight: 700; border-top: 1px solid #2f3e55; background: #f8f9fb; }
    tr.group td { font-weight: 700; background: #f8f9fb; }
    .note, figcaption { font-size: 12px; color: #5c6470; }
    figure { margin: 12px 0; }
    figure svg { width: 100%; height: auto; display: block; }
    .number { white-space: normal; }
    .mark { color: #8a5a00; font-size: .72em; font-weight: 400; margin-left: .1em; line-height: 0; }
    .ref { color: #4a5f86; font-size: .68em; font-weight: 400; margin-left: .12em; line-height: 0; }
    .flag { color: #8a5a00; border: 1px solid #d9b76a; border-radius: 2px; padding: 0 4px;
      font-size: .8em; margin-right: .3em; white-space: nowrap; }
    .blank { letter-spacing: -.08em; }
    aside { border: 1px solid #dccb9c; background: #fdf9ec; padding: 8px 12px; margin: 10px 0; }
    .check { list-style: none; padding-left: 0; }
    .check li::before { content: "□ "; }
    .check em { color: #5c6470; font-style: normal; font-size: 13px; }
    footer { margin-top: 26px; padding-top: 8px; border-top: 1px solid #b8bec8; font-size: 11px;
      color: #5c6470; line-height: 1.5; }
    footer p { margin: 2px 0; }
    @media (max-width: 620px) {
      main { padding: 18px 15px 22px; }
      .running { padding: 6px 15px; }
      h1 { font-size: 21px; }
      .sheet svg { min-width: 1080px; }
      .chart svg { min-width: 340px; }
    }
    @media print {
      body { background: #fff; font-size: 9.6pt; line-height: 1.38; }
      h2 { margin: 14px 0 6px; }
      main { max-width: none; padding: 0; }
      .running { display: none; }
      .scroll { overflow: visible; }
      .break { break-after: page; }
      .sheet { page: sheet; margin: 0; }
      .sheet svg { max-height: 284mm; }
      .chart svg { max-height: 40mm; }
      .key { flex: 1 1 120px; }
      .key .value { font-size: 12.5pt; }
      h2, h3, h4 { break-after: avoid; }
      tr, .key, figure, aside { break-inside: avoid; }
      thead { display: table-header-group; }
      table { font-size: 9pt; min-width: 0 !important; }
    }

    """
}
