public import Atlas
import Crypto
import Foundation

/// How the columns of a foreign layout map onto a kind: `Models/Imports/*.yaml`. 导入格式
public struct ImportProfile: Sendable {
  public let name: String
  public let kind: String
  public let title: Phrase
  /// SHA-256 of the file's text; part of what makes an import idempotent.
  public let digest: String
  let columns: [String: Mapping]
  /// One row of the file that becomes several facts: a column each.
  let each: Unpivot?
  let missing: [String]
  let drop: [String: [String]]
  let headerRow: Int?
  let knownOn: KnownOn?
  let validOn: Day?
  let disclosure: Disclosure?
  let datum: Datum
  let note: String?

  /// Where a field comes from.
  struct Mapping: Sendable {
    /// Alternatives: the first header that the file has.
    var from: [String] = []
    /// Headers whose cells are joined, in order.
    var join: [String] = []
    var value: String?
    var unit: String?
    var scale = 1.0
    var split: String?
    /// Which part of the split, from 1.
    var part = 1
    /// Keep so many leading characters.
    var first: Int?
    /// Words of the file and what they mean here.
    var words: [(String, String)] = []

    /// True when a cell's text is not read as it stands.
    var changesText: Bool { split != nil || first != nil || !words.isEmpty }
  }

  struct Unpivot: Sendable {
    /// Field that receives the constant of each row.
    let name: String
    /// Field that receives the cell.
    let into: String
    let scale: Double
    let rows: [(value: String, from: String, scale: Double)]
  }

  enum KnownOn: Sendable {
    case day(Day)
    case column(String)
    case fileName
  }

  /// The datum of longitudes and latitudes. 坐标系
  enum Datum: String, Sendable {
    case wgs84, gcj02, bd09
  }

  /// Reads every profile of a folder, sorted by name.
  public static func load(folder: String) throws(LedgerError) -> [ImportProfile] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    var profiles: [ImportProfile] = []
    for name in names.sorted() where name.hasSuffix(".yaml") {
      guard let data = FileManager.default.contents(atPath: folder + "/" + name) else {
        throw .unreadable(folder + "/" + name, "read")
      }
      profiles.append(
        try ImportProfile(text: String(decoding: data, as: UTF8.self), file: name))
    }
    return profiles
  }

  /// Reads one profile.
  /// - Throws: `BL0224` with file and line.
  public init(text: String, file: String) throws(LedgerError) {
    let map = try YamlMap(text: text, file: file)
    try map.refuseUnknown([
      "profile", "kind", "title", "source", "note", "columns", "each", "missing", "drop", "header",
      "knownOn", "validOn", "disclosure", "datum",
    ])
    name = try map.requireString("profile")
    kind = try map.requireString("kind")
    let importKind = try ImportKind.require(kind)
    let titles = try map.map("title")
    title = Phrase(zh: titles?.string("zh") ?? name, en: titles?.string("en") ?? name)
    digest = SHA256.hash(data: Data(text.utf8)).map { hexadecimal($0) }.joined()
    note = map.string("note") ?? map.string("source")
    missing = try map.strings("missing") ?? []
    headerRow = try map.map("header")?.number("row").map { Int($0) }
    if let text = map.string("validOn") {
      guard let day = Day(text) else {
        throw .profile(
          file, line: map.line(of: "validOn"), zh: "不是日期：\(text)", en: "not a date: \(text)")
      }
      validOn = day
    } else {
      validOn = nil
    }
    knownOn = try ImportProfile.readKnownOn(map)
    if let text = map.string("disclosure") {
      guard let value = Disclosure(rawValue: text) else {
        throw .profile(
          file, line: map.line(of: "disclosure"), zh: "密级不认识：\(text)", en: "unknown class \(text)")
      }
      disclosure = value
    } else {
      disclosure = nil
    }
    if let text = map.string("datum") {
      guard let value = Datum(rawValue: text) else {
        throw .profile(
          file, line: map.line(of: "datum"), zh: "坐标系不认识：\(text)", en: "unknown datum \(text)")
      }
      datum = value
    } else {
      datum = .wgs84
    }
    var read: [String: Mapping] = [:]
    if let columnMap = try map.map("columns") {
      try columnMap.refuseUnknown(importKind.columns.map(\.name))
      for key in columnMap.keys { read[key] = try ImportProfile.readMapping(columnMap, key) }
    }
    columns = read
    var dropped: [String: [String]] = [:]
    if let dropMap = try map.map("drop") {
      try dropMap.refuseUnknown(importKind.columns.map(\.name))
      for key in dropMap.keys { dropped[key] = try dropMap.strings(key) ?? [] }
    }
    drop = dropped
    each = try ImportProfile.readEach(map, importKind)
  }

  private static func readKnownOn(_ map: YamlMap) throws(LedgerError) -> KnownOn? {
    if let text = map.string("knownOn") {
      if text == "fileName" { return .fileName }
      guard let day = Day(text) else {
        throw .profile(
          map.file, line: map.line(of: "knownOn"), zh: "不是日期：\(text)", en: "not a date: \(text)")
      }
      return .day(day)
    }
    if let column = try map.map("knownOn")?.string("column") { return .column(column) }
    return nil
  }

  private static func readMapping(_ map: YamlMap, _ key: String) throws(LedgerError) -> Mapping {
    var mapping = Mapping()
    if let text = map.node(key)?.scalar?.string {
      mapping.from = [text]
      return mapping
    }
    if map.node(key)?.sequence != nil {
      mapping.from = try map.strings(key) ?? []
      return mapping
    }
    guard let inner = try map.map(key) else { return mapping }
    try inner.refuseUnknown([
      "from", "join", "value", "unit", "scale", "split", "part", "first", "words",
    ])
    mapping.from = try inner.strings("from") ?? []
    mapping.join = try inner.strings("join") ?? []
    mapping.value = inner.string("value")
    mapping.unit = inner.string("unit")
    mapping.scale = try inner.number("scale") ?? 1
    mapping.split = inner.string("split")
    mapping.part = try inner.number("part").map { Int($0) } ?? 1
    mapping.first = try inner.number("first").map { Int($0) }
    if let words = try inner.map("words") {
      mapping.words = words.keys.map { ($0, words.string($0) ?? "") }
    }
    return mapping
  }

  private static func readEach(_ map: YamlMap, _ kind: ImportKind) throws(LedgerError) -> Unpivot? {
    guard let each = try map.map("each") else { return nil }
    try each.refuseUnknown(["name", "into", "scale", "rows"])
    let name = try each.requireString("name")
    let into = try each.requireString("into")
    for field in [name, into] where !kind.columns.contains(where: { $0.name == field }) {
      throw .profile(
        map.file, line: each.line, zh: "\(kind.id) 没有列 \(field)",
        en: "\(kind.id) has no column \(field)")
    }
    let scale = try each.number("scale") ?? 1
    var rows: [(value: String, from: String, scale: Double)] = []
    for row in try each.maps("rows") {
      try row.refuseUnknown(["value", "from", "scale"])
      rows.append(
        (
          try row.requireString("value"), try row.requireString("from"),
          try row.number("scale") ?? 1
        ))
    }
    return Unpivot(name: name, into: into, scale: scale, rows: rows)
  }
}
