package tandem.edge.esl;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import link.thingscloud.freeswitch.esl.transport.message.EslHeaders;
import link.thingscloud.freeswitch.esl.transport.message.EslMessage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real switch sent, decoded without a byte left over, and as another library decodes it. */
class EslTraceTest {

  @ParameterizedTest
  @MethodSource("tandem.edge.esl.Traces#all")
  void shouldDecodeEveryRecordedByte(String trace) {
    List<EslFrame> frames = Traces.frames(Traces.bytes(trace));
    assertThat(frames).isNotEmpty().noneMatch(frame -> frame.kind() == EslFrame.Kind.OTHER);
    for (EslFrame frame : frames) {
      if (frame.isEvent()) {
        EslEvent event = Traces.event(frame);
        assertThat(event.name()).matches("[A-Z_]+");
        assertThat(event.header("Core-UUID")).hasSize(36);
        String length = event.header("Content-Length");
        assertThat(event.body()).hasSize(length == null ? 0 : Integer.parseInt(length));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("tandem.edge.esl.Traces#inbound")
  void shouldAgreeWithFreeswitchEsl(String trace) {
    byte[] stream = Traces.bytes(trace);
    List<EslFrame> ours = Traces.frames(stream);
    List<EslMessage> theirs = decodeWithFreeswitchEsl(stream);
    assertThat(theirs).hasSameSizeAs(ours);
    for (int i = 0; i < ours.size(); i++) {
      EslFrame frame = ours.get(i);
      EslMessage message = theirs.get(i);
      Map<String, String> theirHeaders = new LinkedHashMap<>();
      for (Map.Entry<EslHeaders.Name, String> header : message.getHeaders().entrySet()) {
        theirHeaders.put(header.getKey().literal(), header.getValue());
      }
      assertThat(outer(frame)).isEqualTo(theirHeaders);
      assertThat(lines(frame.body())).isEqualTo(message.getBodyLines());
      if (frame.kind() == EslFrame.Kind.EVENT_PLAIN) {
        EslEvent event = Traces.event(frame);
        var theirEvent = new link.thingscloud.freeswitch.esl.transport.event.EslEvent(message);
        if (theirEvent.getEventName() == null) {
          assertMisreadThere(event);
          continue;
        }
        assertThat(event.name()).isEqualTo(theirEvent.getEventName());
        Map<String, String> theirEventHeaders = new LinkedHashMap<>(theirEvent.getEventHeaders());
        // It takes the empty line that ends an event without a body for a header.
        theirEventHeaders.remove("");
        assertThat(headers(event)).isEqualTo(theirEventHeaders);
        assertThat(lines(event.body())).isEqualTo(theirEvent.getEventBodyLines());
      }
    }
  }

  /**
   * An event made by `sendevent` with a body has its Content-Length twice; the other library takes
   * the first for the last header.
   */
  private static void assertMisreadThere(EslEvent event) {
    assertThat(event.name()).isEqualTo("CUSTOM");
    assertThat(event.headers("Content-Length")).containsExactly("5", "5");
    assertThat(event.header("X-Test")).isEqualTo("a b%c");
    assertThat(event.header("Event-Subclass")).isEqualTo("my::sub");
    assertThat(event.header("Event-Sequence")).isEqualTo("566152");
    assertThat(event.headerCount()).isEqualTo(19);
    assertThat(event.body()).isEqualTo("hello");
  }

  private static List<EslMessage> decodeWithFreeswitchEsl(byte[] stream) {
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new link.thingscloud.freeswitch.esl.transport.message.EslFrameDecoder(8192));
    channel.writeInbound(Unpooled.wrappedBuffer(stream));
    List<EslMessage> messages = new ArrayList<>();
    for (EslMessage message = channel.readInbound();
        message != null;
        message = channel.readInbound()) {
      messages.add(message);
    }
    channel.finishAndReleaseAll();
    return messages;
  }

  /** As the other library keeps them: the last one of a name. */
  private static Map<String, String> headers(EslEvent event) {
    Map<String, String> headers = new LinkedHashMap<>();
    event.forEachHeader(headers::put);
    return headers;
  }

  private static Map<String, String> outer(EslFrame frame) {
    Map<String, String> headers = new LinkedHashMap<>();
    frame.forEachHeader(headers::put);
    return headers;
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    if (lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }
}
