import ArgumentParser
import Atlas
import Cards
import Foundation
import Itinerary
import Ledger
import Nightly
import Press

/// Why a command stopped: a code, a sentence and the exit code of the contract. 失败
struct Failure: Error {
  let code: String
  let exitCode: Int32
  let message: Phrase

  init(_ code: String, exit exitCode: Int32, _ message: Phrase) {
    self.code = code
    self.exitCode = exitCode
    self.message = message
  }

  /// Puts any error of a room into a sentence.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as LedgerError:
      self.init(error.code, exit: error.exitCode, error.message)
    case let error as TripError: self.init(visits: error)
    case let error as NightError:
      self.init(error.code, exit: error.exitCode, error.message)
    case let error as LibraryError:
      self.init("BL0701", exit: 65, error.message)
    case let error as PressError:
      let exits: Int32 =
        switch error {
        case .missingProgram, .missingHanFont, .missingTemplate: 69
        case .programFailed: 70
        case .cannotWrite: 73
        }
      self.init(error.code, exit: exits, error.message)
    case let error as CardError:
      self.init("BL0702", exit: 65, error.message)
    default:
      self.init(
        "BL0900", exit: 70,
        Phrase(
          zh: "程序内部错误：\(error)。请连同命令报告给维护人员。",
          en: "internal error: \(error). Please report it with the command."))
    }
  }

  func print(in language: Language) {
    FileHandle.standardError.write(Data("\(code) \(message[language])\n".utf8))
  }
}

extension Failure {
  static func noWorkspace(_ path: String) -> Failure {
    Failure(
      "BL0101", exit: 66,
      Phrase(
        zh: "\(path) 不是补链工作区（没有 bulian.yaml）：请用 -w 指定，或先运行 bulian init。",
        en: "\(path) is no Bulian workspace (no bulian.yaml): name one with -w or run bulian init.")
    )
  }

  static func exists(_ path: String) -> Failure {
    Failure(
      "BL0102", exit: 73,
      Phrase(
        zh: "\(path) 已是工作区，未作改动：请换一个文件夹，或直接使用它。",
        en: "\(path) is a workspace already and was left alone: choose another folder."))
  }

  static func cannotWrite(_ path: String, _ detail: String) -> Failure {
    Failure(
      "BL0103", exit: 73,
      Phrase(
        zh: "无法写入 \(path)\(detail.isEmpty ? "" : "（\(detail)）")：请检查文件夹、权限和剩余空间。",
        en:
          "cannot write \(path)\(detail.isEmpty ? "" : " (\(detail))"): check the folder, its rights and the space left."
      ))
  }

  static func noModels(_ tried: [String]) -> Failure {
    Failure(
      "BL0104", exit: 66,
      Phrase(
        zh: "找不到模型文件夹 Models（找过：\(tried.joined(separator: "、"))）：请用 --models 指定。",
        en: "no Models folder (looked at \(tried.joined(separator: ", "))): name it with --models.")
    )
  }

  static func noFirm(_ name: String) -> Failure {
    Failure(
      "BL0105", exit: 66,
      Phrase(
        zh: "台账里没有企业“\(name)”：请核对名称、统一社会信用代码或编号。",
        en: "no firm \"\(name)\" in the ledger: check the name, credit code or id."))
  }

  static func manyFirms(_ name: String, _ candidates: [String]) -> Failure {
    Failure(
      "BL0106", exit: 64,
      Phrase(
        zh: "“\(name)”对应多家企业，请用全称或编号：\(candidates.joined(separator: "；"))",
        en:
          "\"\(name)\" names several firms; use the full name or id: \(candidates.joined(separator: "; "))"
      ))
  }

  static func noChain(_ id: String, _ known: [String]) -> Failure {
    Failure(
      "BL0107", exit: 66,
      Phrase(
        zh: "没有链条“\(id)”：本区牵头的有 \(known.joined(separator: "、"))。",
        en: "no chain \"\(id)\": this district leads \(known.joined(separator: ", "))."))
  }

  static func noRun() -> Failure {
    Failure(
      "BL0108", exit: 66,
      Phrase(
        zh: "还没有发布过名单：请先运行 bulian rank。", en: "nothing is published yet: run bulian rank first."))
  }

  static func noPlace(_ name: String) -> Failure {
    Failure(
      "BL0109", exit: 66,
      Phrase(
        zh: "地点“\(name)”不认识或有多处同名：请用区划代码或“省市区”全称。",
        en: "place \"\(name)\" is unknown or ambiguous: use its code or full path."))
  }

  static func badChoice(_ option: String, _ given: String, _ known: [String]) -> Failure {
    Failure(
      "BL0128", exit: 64,
      Phrase(
        zh: "\(option) 不能是“\(given)”：可用 \(known.joined(separator: "、"))。",
        en: "\(option) cannot be \"\(given)\": use \(known.joined(separator: ", "))."))
  }

  static func noSite(_ id: String, _ known: [String]) -> Failure {
    Failure(
      "BL0126", exit: 66,
      Phrase(
        zh: "没有载体“\(id)”：本区有 \(known.joined(separator: "、"))。",
        en: "no site \"\(id)\": here are \(known.joined(separator: ", "))."))
  }

  static func badEnding(_ path: String, _ endings: [String]) -> Failure {
    Failure(
      "BL0110", exit: 64,
      Phrase(
        zh: "\(path) 的格式不支持：请用 \(endings.joined(separator: "、"))。",
        en: "the format of \(path) is not supported: use \(endings.joined(separator: ", "))."))
  }
}
