import Atlas
import Foundation
import Ledger
import Linking

/// Labelled firms of a file, with what the firms say of themselves. 标注文件
struct LabelFile {
  struct Row {
    let key: String
    let firm: Linking.FirmText
    let label: String
    /// Nil where the file has no yes-or-no column.
    let isLinked: Bool?
  }
  let path: String
  let digest: String
  /// In order of the key, which has nothing to do with the labels.
  var rows: [Row] = []
  /// Rows whose firm the ledger does not know.
  var unknown = 0

  private static let idNames = [
    "stock_code", "firm_code", "股票代码", "证券代码", "统一社会信用代码", "credit_code", "企业编号", "firm_id",
    "firm", "企业名称", "公司名称",
  ]
  private static let labelNames = ["label", "标签", "环节", "segment", "industry_code", "行业标签", "类别"]
  private static let answerNames = ["linked", "是否", "决定", "answer"]

  /// Reads a file; texts come from its own columns when it has them, else from the ledger.
  init(_ path: String, workspace: () throws -> Workspace) throws {
    let file = try TableFile(path: path)
    self.path = path
    digest = file.digest
    let all = try file.texts()
    func find(_ names: [String], _ header: [String]) -> Int? {
      names.lazy.compactMap { header.firstIndex(of: $0) }.first
    }
    guard
      let top = all.prefix(6).firstIndex(where: {
        find(LabelFile.idNames, $0) != nil && find(LabelFile.labelNames, $0) != nil
      }), let id = find(LabelFile.idNames, all[top]),
      let label = find(LabelFile.labelNames, all[top])
    else {
      throw Failure(
        "BL0176", exit: 65,
        Phrase(
          zh: "\(path) 不是标注表：需要一列企业（股票代码、统一社会信用代码或企业编号）和一列标签（环节 或 标签）。",
          en: "\(path) holds no labels: it needs a firm column (股票代码, 统一社会信用代码, 企业编号) and 标签.")
      )
    }
    let header = all[top]
    let answer = find(LabelFile.answerNames, header)
    let products = find(["products", "主营产品"], header)
    let business = find(["main_business", "主营业务"], header)
    let name = find(["name", "企业名称"], header)
    let scope = find(["scope", "经营范围"], header)
    let industry = find(["industry", "行业"], header)
    let body = all[(top + 1)...].filter { $0.count > max(id, label) && !$0[label].isEmpty }
    func cell(_ row: [String], _ column: Int?) -> String {
      column.map { $0 < row.count ? row[$0] : "" } ?? ""
    }
    func isLinked(_ row: [String]) -> Bool? {
      answer.map { ["yes", "y", "是", "1", "true"].contains(cell(row, $0).lowercased()) }
    }
    if products != nil || business != nil || scope != nil {
      for row in body {
        let industries = [cell(row, industry)].filter { !$0.isEmpty }
        rows.append(
          Row(
            key: row[id],
            firm: Linking.FirmText(
              name: cell(row, name), products: cell(row, products),
              mainBusiness: cell(row, business), businessScope: cell(row, scope),
              industries: industries), label: row[label], isLinked: isLinked(row)))
      }
    } else {
      let texts = try LabelFile.texts(for: Set(body.map { $0[id] }), in: workspace())
      for row in body {
        guard let firm = texts[row[id]] else {
          unknown += 1
          continue
        }
        rows.append(Row(key: row[id], firm: firm, label: row[label], isLinked: isLinked(row)))
      }
    }
    // Stable by key: a firm's rows stay in the order of the file.
    rows = rows.enumerated().sorted {
      ($0.element.key, $0.offset) < ($1.element.key, $1.offset)
    }.map(\.element)
    guard !rows.isEmpty else {
      throw Failure(
        "BL0177", exit: 65,
        Phrase(
          zh: "\(path) 的 \(unknown) 行里没有一家在台账中：请先导入这些企业，或核对代码列。",
          en:
            "none of the \(unknown) rows of \(path) names a firm of the ledger: import them first.")
      )
    }
  }

  /// What the ledger knows of the firms that stock codes, credit codes, names or ids stand for.
  private static func texts(for keys: Set<String>, in workspace: Workspace) throws
    -> [String: Linking.FirmText]
  {
    var wanted: [String: [String]] = [:]
    for key in keys {
      wanted[canonical(key), default: []].append(key)
    }
    var keysOfFirm: [Int64: [String]] = [:]
    try workspace.ledger.forEachFirmEntry { entry in
      let names = [
        entry.stockCode.map(canonical), entry.creditCode, entry.name, "\(entry.id)",
      ].compactMap { $0 }
      for name in names {
        if let found = wanted[name] { keysOfFirm[entry.id, default: []] += found }
      }
    }
    var texts: [String: Linking.FirmText] = [:]
    try workspace.ledger.forEachFirmText { firm in
      for key in keysOfFirm[firm.id] ?? [] where texts[key] == nil { texts[key] = .init(firm) }
    }
    return texts
  }

  private static func canonical(_ key: String) -> String {
    if let code = Linking.StockCode(key) { return "\(code.exchange.rawValue)\(code.digits)" }
    return Linking.CreditCode(key)?.text ?? key
  }

  /// One row a firm: what several rows of a firm would leak from fold to fold.
  var firstOfEachFirm: [LabelledFirm] {
    var seen: Set<String> = []
    return rows.filter { seen.insert($0.key).inserted }.map {
      LabelledFirm(firm: $0.firm, label: $0.label)
    }
  }

  /// True when every label is a segment of the chains.
  func namesSegments(_ chains: [ChainModel]) -> Bool {
    let ids = Set(chains.flatMap(\.segments).map(\.id))
    return rows.allSatisfy { ids.contains($0.label) }
  }
}
