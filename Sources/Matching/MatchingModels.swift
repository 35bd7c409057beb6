import Atlas
import Freight

/// Every model that a run stands on. 模型组
public struct MatchingModels: Sendable {
  public let choice: MatchModel
  public let labour: LabourModel
  public let suppliers: SupplierModel
  public let signals: SignalModel
  public let freight: FreightNetwork

  public init(
    choice: MatchModel, labour: LabourModel, suppliers: SupplierModel, signals: SignalModel,
    freight: FreightNetwork
  ) {
    self.choice = choice
    self.labour = labour
    self.suppliers = suppliers
    self.signals = signals
    self.freight = freight
  }
}
