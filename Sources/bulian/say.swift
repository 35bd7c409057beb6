import ArgumentParser
import Atlas

/// A text of the interface in the language of the workspace: every one is written in both. 界面文字
func say(_ zh: String, _ en: String) -> String { Phrase(zh: zh, en: en)[Clock.language] }

extension ArgumentHelp {
  /// The help of an option or argument in the language of the workspace.
  static func say(_ zh: String, _ en: String) -> ArgumentHelp {
    ArgumentHelp(Phrase(zh: zh, en: en)[Clock.language])
  }
}

/// The example under a command's help.
func example(_ text: String) -> String { say("例：", "Example: ") + text }
