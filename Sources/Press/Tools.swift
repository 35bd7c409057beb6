import Foundation

/// Where the programs and templates of the press are. 印制工具
public struct Tools: Sendable {
  /// Folders searched in order for a program.
  public let folders: [String]
  /// Folder of the typst templates.
  public let templates: String
  /// Folders of fonts beside the system's own, as `$TYPST_FONT_PATHS` names them.
  public let fonts: [String]

  /// - Parameters:
  ///   - folders: given folders first, such as `--tools` and `$BULIAN_TOOLS`.
  ///   - path: the value of `PATH`, searched last.
  ///   - fonts: the value of `TYPST_FONT_PATHS`, which the typst program reads itself.
  public init(folders: [String], path: String, templates: String, fonts: String = "") {
    self.fonts = fonts.split(separator: ":").map(String.init)
    self.folders = folders + path.split(separator: ":").map(String.init)
    self.templates = templates
  }

  /// The first executable file of that name.
  public func find(_ program: String) -> String? {
    folders.lazy.map { $0 + "/" + program }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// The program, or the sentence that says what to install.
  func require(_ program: String, package: String, format: String) throws(PressError) -> String {
    guard let found = find(program) else {
      throw .missingProgram(name: program, package: package, format: format)
    }
    return found
  }

  /// True when a font with Han glyphs is installed, as far as the machine can tell.
  public func hasHanFont() -> Bool {
    if hasHanFont(in: fonts) { return true }
    if let list = find("fc-list"),
      let said = try? run(list, ["-f", "%{family}\n", ":lang=zh"], in: nil)
    {
      return said.contains { !$0.isWhitespace }
    }
    return hasHanFont(in: ["/usr/share/fonts", "/usr/local/share/fonts"])
  }

  private func hasHanFont(in folders: [String]) -> Bool {
    let known = ["cjk", "sourcehan", "wqy", "simsun", "simhei", "msyh", "fangsong", "stsong"]
    for folder in folders {
      guard let files = FileManager.default.enumerator(atPath: folder) else { continue }
      for case let file as String in files {
        let name = file.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }
        if known.contains(where: name.contains) { return true }
      }
    }
    return false
  }

  /// Runs a program to its end and returns what it printed.
  func run(_ program: String, _ arguments: [String], in folder: String?) throws(PressError)
    -> String
  {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    process.standardInput = FileHandle.nullDevice
    let said: String
    do {
      try process.run()
      let data = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      said = String(decoding: data, as: UTF8.self)
    } catch {
      throw .programFailed(name: program, said: error.localizedDescription)
    }
    guard process.terminationStatus == 0 else {
      throw .programFailed(name: program, said: String(said.suffix(400)))
    }
    return said
  }
}

/// A folder that is gone when the work is done.
struct ScratchFolder: ~Copyable {
  let path: String

  init() throws(PressError) {
    path = NSTemporaryDirectory() + "/bulian-press-" + UUID().uuidString
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw .cannotWrite(path: path, because: error.localizedDescription)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, _ name: String) throws(PressError) {
    try writeWhole(Data(text.utf8), to: path + "/" + name)
  }
}

/// Writes beside the target and renames, so that a reader never sees half a file.
func writeWhole(_ data: Data, to path: String) throws(PressError) {
  do {
    try FileManager.default.createDirectory(
      at: URL(fileURLWithPath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: URL(fileURLWithPath: path), options: .atomic)
  } catch {
    throw .cannotWrite(path: path, because: error.localizedDescription)
  }
}

/// Moves a finished file to its place.
func place(_ from: String, to path: String) throws(PressError) {
  guard let data = FileManager.default.contents(atPath: from) else {
    throw .cannotWrite(path: path, because: "nothing was made")
  }
  try writeWhole(data, to: path)
}
