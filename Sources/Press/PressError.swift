import Atlas

/// Why a paper could not be printed; other formats are not affected. 印制错误
public enum PressError: Error, Sendable, Equatable {
  case missingProgram(name: String, package: String, format: String)
  case programFailed(name: String, said: String)
  case missingTemplate(path: String)
  case missingHanFont
  case cannotWrite(path: String, because: String)

  /// Stable code for messages and scripts.
  public var code: String {
    switch self {
    case .missingProgram: "BL0801"
    case .programFailed: "BL0802"
    case .missingTemplate: "BL0803"
    case .missingHanFont: "BL0804"
    case .cannotWrite: "BL0805"
    }
  }

  /// What, where, what to do.
  public var message: Phrase {
    switch self {
    case .missingProgram(let name, let package, let format):
      Phrase(
        zh: "没有找到程序 \(name)，未印制 \(format)，其他格式已写出：请安装 \(package)，或用 --tools 指明所在文件夹。",
        en:
          "program \(name) was not found, so no \(format) was made; the other formats are there: install \(package) or name its folder with --tools."
      )
    case .programFailed(let name, let said):
      Phrase(
        zh: "程序 \(name) 未能完成：\(said)。请检查模板与字体后重试。",
        en: "program \(name) failed: \(said). Check the template and the fonts, then try again.")
    case .missingTemplate(let path):
      Phrase(
        zh: "没有找到版式模板 \(path)：请从 Models/Press 复制一份，或在 bulian.yaml 改正路径。",
        en: "template \(path) was not found: copy it from Models/Press or correct bulian.yaml.")
    case .missingHanFont:
      Phrase(
        zh: "本机没有中文字体，印出会是空框：请安装 fonts-noto-cjk 后重试。",
        en:
          "no Chinese font on this machine, the print would show empty boxes: install fonts-noto-cjk."
      )
    case .cannotWrite(let path, let because):
      Phrase(
        zh: "无法写入 \(path)：\(because)。请检查文件夹权限和剩余空间。",
        en: "cannot write \(path): \(because). Check the folder's permissions and free space.")
    }
  }
}
