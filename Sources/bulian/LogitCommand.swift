import ArgumentParser
import Atlas
import Briefing
import Calibration
import Foundation
import Ledger

/// Conditional logits on any long table. 条件 Logit
struct LogitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logit",
    abstract: say("条件 Logit：fit 在任意长表上拟合。", "Conditional logit: fit works on any long table."),
    subcommands: [FitCommand.self])

  struct FitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "fit",
      abstract: say(
        "在一张长表（CSV 或 .gz）上拟合条件 Logit，输出 JSON。",
        "Fit a conditional logit to a long table (CSV or .gz); prints JSON."),
      discussion:
        "例：bulian logit fit TravelMode.csv --case individual --alternative mode --choice choice --terms gcost,wait --constants car --case-terms income:air"
    )

    @Argument(help: .say("长表文件", "file of the long table")) var file: String
    @Option(name: .customLong("case"), help: .say("决策单位列", "column of the case")) var caseColumn:
      String
    @Option(help: .say("备选项列", "column of the alternative")) var alternative: String
    @Option(help: .say("选择列（1/0 或 yes/no）", "column of the choice (1/0 or yes/no)")) var choice:
      String
    @Option(
      help: .say(
        "各备选项共用系数的列，逗号分开", "columns with one coefficient for all alternatives, with commas"))
    var terms: String = ""
    @Option(help: .say("常数项的参照备选项", "reference alternative of the constants")) var constants:
      String?
    @Option(
      name: .customLong("case-terms"),
      help: .say("随决策单位变的列，如 income:air", "columns of the case, such as income:air")) var caseTerms:
      String =
        ""
    @Option(
      name: .customLong("by-alternative"),
      help: .say("每个备选项各有系数的列", "columns with a coefficient for each alternative"))
    var byAlternative: String = ""
    @Option(
      name: .customLong("where"),
      help: .say("只用满足条件的行，如 noalt==4", "only rows that satisfy this, such as noalt==4"))
    var filter: String?
    @Option(
      help: .say("派生列，如 time=ivt+ovt（可多次）", "a derived column, such as time=ivt+ovt, repeatable"))
    var derive: [String] = []
    @Option(help: .say("权重列", "column of weights")) var weights: String?
    @Flag(help: .say("打印稳健标准误（JSON 中总有）", "print robust standard errors (always in JSON)"))
    var robust = false
    @Option(
      help: .say("先验文件（CSV：name,mean,deviation）", "file of priors (CSV: name,mean,deviation)"))
    var prior: String?

    func run() throws {
      do {
        try fit()
      } catch let failure as Failure {
        throw failure
      } catch let error as LedgerError {
        throw error
      } catch {
        throw Failure(
          "BL0130", exit: 65,
          Phrase(
            zh: "\(file) 无法拟合：\(sentence(error).zh)。",
            en: "\(file) cannot be fitted: \(sentence(error).en)."))
      }
    }

    private func fit() throws {
      var table = try readTable()
      for text in derive {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2 else {
          throw Failure(
            "BL0131", exit: 64,
            Phrase(zh: "--derive 写成 名称=式子，如 time=ivt+ovt。", en: "--derive is name=formula."))
        }
        try table.derive(
          parts[0].trimmingCharacters(in: .whitespaces), from: try Formula(parts[1]))
      }
      let keep = try filter.map { try Formula($0).flags(in: table) }
      let utility = UtilityTerms(
        terms: list(terms), constantsReference: constants,
        caseTerms: list(caseTerms).map { UtilityTerms.CaseTerm($0) },
        byAlternative: list(byAlternative))
      let data = try ChoiceData(table, terms: utility, keep: keep, weights: weights)
      let fitted = try ConditionalLogit(fitting: data, priors: try priors(data.names))
      let coefficients = fitted.coefficients.map { item in
        JSONValue.object([
          ("name", .string(item.name)), ("estimate", .number(item.estimate)),
          ("standardError", .number(item.standardError)),
          ("robustStandardError", .number(item.robustStandardError)),
        ])
      }
      print(
        JSONValue.object([
          ("n", .int(data.rowCount)), ("cases", .int(data.caseCount)),
          ("iterations", .int(fitted.iterations)),
          ("logLikelihood", .number(fitted.logLikelihood)),
          ("nullLogLikelihood", .number(fitted.nullLogLikelihood)),
          ("coefficients", .array(coefficients)),
        ]).pretty, terminator: "")
    }

    private func list(_ text: String) -> [String] {
      text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    private func priors(_ names: [String]) throws -> [ConditionalLogit.Prior?] {
      guard let prior else { return [] }
      var found: [String: ConditionalLogit.Prior] = [:]
      for row in try readRows(prior).dropFirst() where row.count >= 3 {
        if let mean = Double(row[1]), let deviation = Double(row[2]), deviation > 0 {
          found[row[0]] = ConditionalLogit.Prior(mean: mean, deviation: deviation)
        }
      }
      return names.map { found[$0] }
    }

    /// The file as columns: numbers where every cell is a number or empty, labels elsewhere.
    private func readTable() throws -> LongTable {
      let rows = try readRows(file)
      guard let header = rows.first else {
        throw Failure(
          "BL0132", exit: 65, Phrase(zh: "\(file) 是空的。", en: "\(file) is empty."))
      }
      func require(_ name: String) throws -> Int {
        guard let column = header.firstIndex(of: name) else {
          throw Failure(
            "BL0133", exit: 65,
            Phrase(
              zh: "\(file) 没有列“\(name)”：有 \(header.joined(separator: "、"))。",
              en: "\(file) has no column \"\(name)\": it has \(header.joined(separator: ", "))."))
        }
        return column
      }
      let body = rows.dropFirst()
      func cell(_ row: [String], _ column: Int) -> String { column < row.count ? row[column] : "" }
      func codes(_ column: Int) -> (codes: [Int32], names: [String]) {
        var index: [String: Int32] = [:]
        var names: [String] = []
        var codes: [Int32] = []
        for row in body {
          let text = cell(row, column)
          if let code = index[text] {
            codes.append(code)
          } else {
            let code = Int32(names.count)
            index[text] = code
            names.append(text)
            codes.append(code)
          }
        }
        return (codes, names)
      }
      let cases = codes(try require(caseColumn))
      let alternatives = codes(try require(alternative))
      let choiceColumn = try require(choice)
      var chosen: [Bool] = []
      for row in body {
        switch cell(row, choiceColumn).lowercased() {
        case "1", "yes", "true", "y", "是": chosen.append(true)
        case "0", "no", "false", "n", "否", "": chosen.append(false)
        case let other:
          throw Failure(
            "BL0134", exit: 65,
            Phrase(
              zh: "\(file) 的选择列只能是 1/0 或 yes/no，却有“\(other)”。",
              en: "the choice column holds 1/0 or yes/no, not \"\(other)\"."))
        }
      }
      let columns = header.enumerated().map { position, name in
        LongTable.Column(
          name: name,
          cells: cells(body.map { cell($0, position) })
            ?? {
              let labels = codes(position)
              return .labels(codes: labels.codes, names: labels.names)
            }())
      }
      return LongTable(
        cases: cases.codes, caseNames: cases.names, alternatives: alternatives.codes,
        alternativeNames: alternatives.names, chosen: chosen, columns: columns)
    }

    private func cells(_ texts: [String]) -> LongTable.Cells? {
      var numbers: [Double] = []
      numbers.reserveCapacity(texts.count)
      for text in texts {
        if text.isEmpty || text == "NA" {
          numbers.append(.nan)
        } else if let number = Double(text) {
          numbers.append(number)
        } else {
          return nil
        }
      }
      return .numbers(numbers)
    }

    private func sentence(_ error: any Error) -> Phrase {
      if let failure = error as? ChoiceDataFailure {
        switch failure {
        case .unknownColumn(let name): return Phrase(zh: "没有列 \(name)", en: "no column \(name)")
        case .notNumeric(let column):
          return Phrase(zh: "列 \(column) 不是数", en: "column \(column) is not numeric")
        case .unknownAlternative(let name):
          return Phrase(zh: "没有备选项 \(name)", en: "no alternative \(name)")
        case .duplicateTerm(let name): return Phrase(zh: "项 \(name) 重复", en: "term \(name) twice")
        case .noTerms: return Phrase(zh: "没有给出任何项", en: "no terms are given")
        case .noneChosen(let name):
          return Phrase(zh: "决策单位 \(name) 没有被选项", en: "case \(name) has no choice")
        case .severalChosen(let name):
          return Phrase(zh: "决策单位 \(name) 有多个被选项", en: "case \(name) has several choices")
        case .repeatedAlternative(let name, let alternative):
          return Phrase(
            zh: "决策单位 \(name) 的备选项 \(alternative) 重复", en: "case \(name) repeats \(alternative)")
        case .chosenOutsideSet(let name):
          return Phrase(
            zh: "决策单位 \(name) 的被选项不在备选集内", en: "the choice of case \(name) is outside its set")
        case .notFinite(let column, let row):
          return Phrase(
            zh: "列 \(column) 第 \(row + 2) 行缺数", en: "column \(column), line \(row + 2), is missing")
        case .weightNotPositive(let column, let row):
          return Phrase(
            zh: "权重 \(column) 第 \(row + 2) 行不大于 0",
            en: "weight \(column), line \(row + 2), is not positive")
        case .noCases: return Phrase(zh: "没有可用的决策单位", en: "no cases are left")
        }
      }
      if let failure = error as? LogitFailure {
        switch failure {
        case .constantWithinCases(let column):
          return Phrase(
            zh: "列 \(column) 在每个决策单位内都不变", en: "column \(column) does not vary within cases")
        case .collinear(let column, let others):
          return Phrase(
            zh: "列 \(column) 与 \(others.joined(separator: "、")) 共线",
            en: "column \(column) is collinear with \(others.joined(separator: ", "))")
        case .separated(let columns):
          return Phrase(
            zh: "列 \(columns.joined(separator: "、")) 完全分离，似然无最大值：请去掉一列或给先验",
            en:
              "columns \(columns.joined(separator: ", ")) separate the choices: drop one or give a prior"
          )
        case .notConverged(let iterations):
          return Phrase(zh: "\(iterations) 步未收敛", en: "no convergence in \(iterations) steps")
        }
      }
      return Phrase(zh: "\(error)", en: "\(error)")
    }
  }
}
