import Atlas
import Expectations
import Foundation

/// The words of the shipped chain cards, read line by line: enough for linking, no card reader.
enum CardWords {
  /// The cards beside this checkout or in `$BULIAN_MODELS`; nil when there are none.
  static func chains() -> [ChainModel]? {
    let models =
      ProcessInfo.processInfo.environment["BULIAN_MODELS"].map { URL(fileURLWithPath: $0) }
      ?? SharedData.packageRoot.appending(path: "Models")
    let folder = models.appending(path: "Chains")
    guard
      let files = try? FileManager.default.contentsOfDirectory(
        at: folder, includingPropertiesForKeys: nil)
    else { return nil }
    let cards = files.filter { $0.pathExtension == "yaml" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
    let chains = cards.compactMap { file in
      (try? String(contentsOf: file, encoding: .utf8)).map {
        chain(named: file.deletingPathExtension().lastPathComponent, text: $0)
      }
    }
    return chains.isEmpty ? nil : chains
  }

  private static func chain(named id: String, text: String) -> ChainModel {
    var segments: [Segment] = []
    var words: [String: [String]] = [:]
    var current: String?
    var name = ""
    func finish() {
      guard let current else { return }
      segments.append(
        SampleChain.segment(
          current, name, words["aliases"] ?? [], keywords: words["keywords"] ?? [],
          not: words["negativeKeywords"] ?? [], industries: words["industries"] ?? []))
    }
    for line in text.split(separator: "\n") {
      let trimmed = line.drop { $0 == " " }
      if trimmed.hasPrefix("- id: ") {
        finish()
        current = String(trimmed.dropFirst(6))
        words = [:]
      } else if current != nil, trimmed.hasPrefix("name: {zh: "),
        let end = trimmed.firstIndex(of: ",")
      {
        name = String(trimmed[..<end].dropFirst(11))
      } else if let colon = trimmed.firstIndex(of: ":") {
        let key = String(trimmed[..<colon])
        guard ["aliases", "keywords", "negativeKeywords", "industries"].contains(key) else {
          continue
        }
        let list = trimmed[colon...].drop { $0 != "[" }.dropFirst().prefix { $0 != "]" }
        words[key] = list.split(separator: ",").map {
          $0.trimmingCharacters(in: CharacterSet(charactersIn: " \""))
        }.filter { !$0.isEmpty }
      }
    }
    finish()
    return ChainModel(
      id: id, name: Phrase(same: id), version: "", tiers: [], segments: segments, source: "",
      inherited: true)
  }
}
