package tandem.edge.esl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The framing's rules one by one, and each way in which bytes are refused. */
class EslFrameDecoderTest {

  private static EslFrame one(String text) {
    assertThat(Traces.frames(text.getBytes(UTF_8))).hasSize(1);
    return Traces.frames(text.getBytes(UTF_8)).get(0);
  }

  private static EslFrame plainEvent(String inside) {
    return one(
        "Content-Length: "
            + inside.getBytes(UTF_8).length
            + "\nContent-Type: text/event-plain\n\n"
            + inside);
  }

  private static EslFrame jsonEvent(String inside) {
    return one(
        "Content-Length: "
            + inside.getBytes(UTF_8).length
            + "\nContent-Type: text/event-json\n\n"
            + inside);
  }

  @Test
  void shouldLeaveEverythingButEventValuesUndecoded() {
    assertThat(one("Content-Type: command/reply\nReply-Text: +OK 100%25\n\n").header("Reply-Text"))
        .isEqualTo("+OK 100%25");
    assertThat(one("Content-Type: api/response\nContent-Length: 4\n\n%41b").body())
        .isEqualTo("%41b");
    EslEvent job =
        Traces.event(
            plainEvent(
                "Event-Name: BACKGROUND_JOB\nJob-Command-Arg: a%20b\nContent-Length: 5\n\n%41\n\n"));
    assertThat(job.header("Job-Command-Arg")).isEqualTo("a b");
    assertThat(job.body()).isEqualTo("%41\n\n");
  }

  @ParameterizedTest
  @CsvSource({
    "a%20b, a b",
    "%2B1+2, +1+2",
    "100%, 100%",
    "%4, %4",
    "%zz%41, %zzA",
    "%C3%A9t%C3%A9, été",
    "raw é, raw é"
  })
  void shouldDecodePercentsAsTheSwitchDoes(String wire, String value) {
    assertThat(
            Traces.event(plainEvent("Event-Name: X\nvariable_v: " + wire + "\n\n")).variable("v"))
        .isEqualTo(value);
  }

  @Test
  void shouldKeepRepeatedHeadersInOrder() {
    EslEvent event =
        Traces.event(
            plainEvent("Event-Name: X\nHangup-Cause: A\nB: 1\nHangup-Cause: C\nEmpty: \n\n"));
    assertThat(event.header("Hangup-Cause")).isEqualTo("A");
    assertThat(event.headers("Hangup-Cause")).containsExactly("A", "C");
    assertThat(event.header("Empty")).isEmpty();
    assertThat(event.header("Absent")).isNull();
    assertThat(event.headerCount()).isEqualTo(5);
  }

  @Test
  void shouldTakeListsApartInBothFormats() {
    EslEvent plain =
        Traces.event(plainEvent("Event-Name: X\nvariable_v: ARRAY%3A%3Aa%7C%3Ab%20c\n\n"));
    EslEvent json =
        Traces.event(
            jsonEvent(
                "{\"Event-Name\":\"X\",\"variable_v\":[\"a\",\"b c\"],\"D\":\"1\",\"D\":\"2\"}"));
    assertThat(plain.headers("variable_v"))
        .containsExactly("a", "b c")
        .isEqualTo(json.headers("variable_v"));
    assertThat(plain.variable("v")).isEqualTo("ARRAY::a|:b c").isEqualTo(json.variable("v"));
    assertThat(json.headers("D")).containsExactly("1", "2");
  }

  @Test
  void shouldTakeTheLastInnerLengthWhenTheSenderGaveOneToo() {
    EslEvent event =
        Traces.event(plainEvent("Content-Length: 9\nEvent-Name: CUSTOM\nContent-Length: 2\n\nhi"));
    assertThat(event.body()).isEqualTo("hi");
  }

  @Test
  void shouldCarryLogLinesAndNotices() {
    EslFrame log =
        one("Content-Type: log/data\nContent-Length: 3\nLog-Level: 4\nUser-Data: \n\nabc");
    assertThat(log.kind()).isEqualTo(EslFrame.Kind.LOG_DATA);
    assertThat(log.header("Log-Level")).isEqualTo("4");
    assertThat(log.body()).isEqualTo("abc");
    EslFrame notice =
        one(
            "Content-Type: text/disconnect-notice\nContent-Disposition: linger\nContent-Length: 0\n\n");
    assertThat(notice.kind()).isEqualTo(EslFrame.Kind.DISCONNECT_NOTICE);
    assertThat(one("Content-Type: text/new-thing\n\n").kind()).isEqualTo(EslFrame.Kind.OTHER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP/1.1 400 Bad Request\\r\\n|a line that is no header: \"HTTP/1.1 400 Bad Request?\"",
        "\\n|an empty line where a frame has to begin",
        ": x\\n|a line that is no header",
        "Content-Length: 12a\\n|a Content-Length that is no length",
        "Content-Length: -1\\n|a Content-Length that is no length",
        "Content-Length: 99999999999\\n|a Content-Length that is no length",
        "Content-Length: 1048577\\n|a frame of 1048577 bytes; at most 1048576 are taken",
        "Reply-Text: +OK\\n\\n|a frame without Content-Type"
      })
  void shouldRefuseGarbageOnceAndForAll(String wire, String error) {
    byte[] bytes = wire.replace("\\n", "\n").replace("\\r", "\r").getBytes(UTF_8);
    EslFrameDecoder decoder = new EslFrameDecoder(Traces.LIMITS);
    decoder.feed(bytes, 0, bytes.length);
    assertThatThrownBy(decoder::next)
        .isInstanceOf(EslProtocolException.class)
        .hasMessageContaining(error);
    byte[] good = "Content-Type: auth/request\n\n".getBytes(UTF_8);
    decoder.feed(good, 0, good.length);
    assertThatThrownBy(decoder::next)
        .isInstanceOf(EslProtocolException.class)
        .hasMessageContaining(error);
  }

  @Test
  void shouldRefuseAHeaderBlockBeyondItsLimit() {
    EslFrameDecoder decoder = new EslFrameDecoder(new EslLimits(100, 10));
    byte[] bytes = "X-A: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n".repeat(5).getBytes(UTF_8);
    decoder.feed(bytes, 0, bytes.length);
    assertThatThrownBy(decoder::next).hasMessageContaining("a header block of more than 100 bytes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Event-Name: X~no colon~~|a header line without a name and a colon: \"no colon\"",
        "Event-Name: X~Content-Length: 9~~hi|2 bytes of body whose inner Content-Length is \"9\"",
        "Event-Name: X~~hi|2 bytes of body whose inner Content-Length is missing",
        "A: b~~|an event without Event-Name"
      })
  void shouldRefuseAnEventThatIsMalformedInside(String inside, String error) {
    EslFrame frame = plainEvent(inside.replace('~', '\n'));
    assertThatThrownBy(() -> EslEvent.of(frame))
        .isInstanceOf(EslProtocolException.class)
        .hasMessageContaining(error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"Event-Name\":|a JSON event that is no JSON",
        "[]|a JSON event that is no object",
        "{\"Event-Name\":{\"a\":1}}|whose Event-Name is neither text nor a list of texts",
        "{\"Event-Name\":\"X\"}{}|bytes after the object"
      })
  void shouldRefuseAMalformedJsonEvent(String inside, String error) {
    EslFrame frame = jsonEvent(inside);
    assertThatThrownBy(() -> EslEvent.of(frame))
        .isInstanceOf(EslProtocolException.class)
        .hasMessageContaining(error);
  }
}
