import Atlas
import Briefing
import Foundation

/// Prints papers into files. 印制
public struct Press: Sendable {
  public let tools: Tools

  public init(tools: Tools) { self.tools = tools }

  /// The paper as PDF: A4, and A3 landscape for a whole-sheet picture.
  public func pdf(_ document: Document, to path: String) throws(PressError) {
    try print(PrintJob(.pdf(document), to: path))
  }

  /// One picture as a page of its own size: PDF or PNG, by the path's ending.
  public func picture(_ drawing: Drawing, to path: String) throws(PressError) {
    try print(PrintJob(.picture(drawing), to: path))
  }

  /// The paper as DOCX in official form, for staff to rewrite.
  public func docx(_ document: Document, to path: String) throws(PressError) {
    try print(PrintJob(.docx(document), to: path))
  }

  /// One file, whatever it is.
  public func print(_ job: PrintJob) throws(PressError) {
    if let error = try print([job])[0] { throw error }
  }
}
