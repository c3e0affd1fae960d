package tandem.edge.esl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Outbound-socket mode and JSON, which the other library cannot decode: held against what the
 * recordings show to the eye.
 */
class EslOutboundTraceTest {

  @ParameterizedTest
  @CsvSource({
    "o1, eefb386f-879a-4940-8842-b2a930bb0671, 30, 16",
    "o2, e2845779-5073-422f-a57a-9dd6bdc19aae, 13, 9",
    "o3, f14b67b9-f3ba-49f2-a325-00b38870029b, 12, 6",
    "o4, , 6, 3"
  })
  void shouldReadTheBareEventThatAnswersConnect(
      String connection, String uuid, int frames, int events) {
    List<EslFrame> decoded =
        Traces.frames(Traces.bytes("06_outbound_socket." + connection + ".in.gz"));
    assertThat(decoded).hasSize(frames);
    assertThat(decoded.stream().skip(1).filter(EslFrame::isEvent)).hasSize(events);
    EslFrame reply = decoded.get(0);
    assertThat(reply.kind()).isEqualTo(EslFrame.Kind.COMMAND_REPLY);
    assertThat(reply.isEventReply()).isTrue();
    assertThat(reply.bodyLength()).isZero();
    assertThat(reply.header("Reply-Text")).isEqualTo("+OK\n");
    assertThat(reply.header("Control")).isEqualTo("full");
    EslEvent event = Traces.event(reply);
    assertThat(event.name()).isEqualTo("CHANNEL_DATA");
    assertThat(event.header("Channel-Username")).isEqualTo("+15550001");
    assertThat(event.variable("current_application_data"))
        .startsWith("127.0.0.1:")
        .endsWith(" async full");
    if (uuid != null) {
      assertThat(event.header("Unique-ID")).isEqualTo(uuid);
    }
    assertThat(decoded.get(1).isEventReply()).isFalse();
  }

  @Test
  void shouldTellLingerFromDisconnect() {
    List<EslFrame> notices =
        Traces.frames(Traces.bytes("06_outbound_socket.o1.in.gz")).stream()
            .filter(frame -> frame.kind() == EslFrame.Kind.DISCONNECT_NOTICE)
            .toList();
    assertThat(notices)
        .extracting(frame -> frame.header("Content-Disposition"))
        .containsExactly("linger", "disconnect");
    assertThat(notices.get(0).header("Linger-Time")).isEqualTo("3");
    assertThat(notices.get(0).header("Channel-Name"))
        .isEqualTo("sofia/external/+15550001@127.0.0.1:6401");
    assertThat(notices.get(0).bodyLength()).isZero();
    assertThat(notices.get(1).body()).startsWith("Disconnected, goodbye.\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "02j_inbound_parked_json.c1.in.gz",
        "06_outbound_socket.o3.in.gz",
        "01_basic_inbound.c1.in.gz"
      })
  void shouldReadJsonEventsAsAJsonLibraryDoes(String trace) throws IOException {
    List<EslFrame> events =
        Traces.frames(Traces.bytes(trace)).stream()
            .filter(f -> f.kind() == EslFrame.Kind.EVENT_JSON)
            .toList();
    assertThat(events).isNotEmpty();
    for (EslFrame frame : events) {
      EslEvent event = Traces.event(frame);
      Map<String, Object> expected =
          new ObjectMapper().readValue(frame.body(), new TypeReference<>() {});
      Object body = expected.remove("_body");
      assertThat(event.body()).isEqualTo(body == null ? "" : body);
      Map<String, Object> ours = new LinkedHashMap<>();
      event.forEachHeader(
          (name, value) ->
              ours.put(name, value.startsWith("ARRAY::") ? event.headers(name) : value));
      assertThat(ours).isEqualTo(expected);
    }
  }

  @Test
  void shouldKeepTheRepeatedHangupCauseOfJson() {
    EslEvent complete =
        Traces.frames(Traces.bytes("02j_inbound_parked_json.c1.in.gz")).stream()
            .filter(EslFrame::isEvent)
            .map(Traces::event)
            .filter(event -> event.name().equals("CHANNEL_HANGUP_COMPLETE"))
            .findFirst()
            .orElseThrow();
    assertThat(complete.headers("Hangup-Cause"))
        .containsExactly("ORIGINATOR_CANCEL", "ORIGINATOR_CANCEL");
  }
}
