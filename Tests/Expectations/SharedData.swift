import Foundation

/// Real data that may lie beside the repository; tests that want it skip when it is absent.
public enum SharedData {
  /// The folder `shared/data` beside the package, or `$BULIAN_TEST_DATA`.
  public static var folder: URL? {
    if let named = ProcessInfo.processInfo.environment["BULIAN_TEST_DATA"] {
      let url = URL(fileURLWithPath: named)
      return FileManager.default.fileExists(atPath: url.path) ? url : nil
    }
    let url = packageRoot.deletingLastPathComponent().appending(path: "shared/data")
    return FileManager.default.fileExists(atPath: url.path) ? url : nil
  }

  /// A file of the real data, when it is there.
  public static func file(_ path: String) -> URL? {
    guard let url = folder?.appending(path: path) else { return nil }
    return FileManager.default.fileExists(atPath: url.path) ? url : nil
  }

  public static var isPresent: Bool { folder != nil }

  /// Why a test is skipped.
  public static let absent = "the real data is not beside this checkout: skipped"

  /// The root of the package, found from this file.
  public static let packageRoot = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}
