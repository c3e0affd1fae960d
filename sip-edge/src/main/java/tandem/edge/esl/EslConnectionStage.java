package tandem.edge.esl;

import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.util.ByteString;

/**
 * Joined with a TCP connection it is one Event Socket connection from greeting to close. It tells
 * its listener all it has to say, {@link EslSignal.Closed} last and once.
 */
final class EslConnectionStage extends GraphStage<FlowShape<ByteString, ByteString>> {
  private final Inlet<ByteString> in = Inlet.create("EslConnection.in");
  private final Outlet<ByteString> out = Outlet.create("EslConnection.out");
  private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
  private final EslSettings settings;
  private final EslListener listener;

  EslConnectionStage(EslSettings settings, EslListener listener) {
    this.settings = settings;
    this.listener = listener;
  }

  @Override
  public FlowShape<ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new EslConnectionLogic(shape, settings, listener);
  }

  @Override
  public String toString() {
    return "EslConnectionStage[" + settings + "]";
  }
}
