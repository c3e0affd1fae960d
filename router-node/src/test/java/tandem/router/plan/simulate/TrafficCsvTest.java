package tandem.router.plan.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tandem.router.domain.Attributes;
import tandem.router.domain.simulate.Arrival;
import tandem.router.domain.simulate.Recorded;
import tandem.router.domain.simulate.Traffic;

class TrafficCsvTest {
  private static final String HEADER = "at,from,to,patience,handle,queue,wait,outcome,talk\n";
  private static final String FINE = "2026-03-02T08:00:00Z,+34911234567,+14155550100,";

  private static List<String> problems(String text) {
    TrafficCsv.Reading reading = TrafficCsv.read(text);
    assertThat(reading.traffic()).isNull();
    return reading.problems().stream().map(CsvProblem::toString).toList();
  }

  private static List<Arrival> calls(String text) {
    TrafficCsv.Reading reading = TrafficCsv.read(text);
    assertThat(reading.problems()).isEmpty();
    Traffic traffic = reading.traffic();
    assertThat(traffic).isNotNull();
    return traffic.arrivals();
  }

  @Test
  void shouldReadCallsWithAllThereIsToSay() {
    List<Arrival> calls =
        calls(
            "\uFEFFid,to,attr.vip,attr.name,attr.score,at,from,wait,outcome,talk,queue\r\n"
                + "a1,+14155550100,true,\"Ann \"\"A\"\", Ltd\",3,2026-03-02T09:00:05+01:00,,"
                + " 12.5 ,answered,PT3M,support\r\n"
                + "\r\n"
                + "a2,+14155550100,,,2.5,2026-03-02T08:00:00Z,+34911234567,1m,abandoned,,support");

    assertThat(calls)
        .containsExactly(
            new Arrival(
                "a2",
                Instant.parse("2026-03-02T08:00:00Z"),
                "+34911234567",
                "+14155550100",
                Attributes.of(Map.of("score", 2.5)),
                null,
                null,
                new Recorded("support", Duration.ofMinutes(1), Recorded.Outcome.ABANDONED, null)),
            new Arrival(
                "a1",
                Instant.parse("2026-03-02T08:00:05Z"),
                "",
                "+14155550100",
                Attributes.of(Map.of("vip", true, "name", "Ann \"A\", Ltd", "score", 3L)),
                null,
                null,
                new Recorded(
                    "support",
                    Duration.ofMillis(12_500),
                    Recorded.Outcome.ANSWERED,
                    Duration.ofMinutes(3))));
  }

  @Test
  void shouldNameACallByItsLine() {
    assertThat(calls(HEADER + "\n" + FINE + "30,60,,,,\n" + FINE + ",60s,,,,\n"))
        .extracting(Arrival::id)
        .containsExactly("line-3", "line-4");
  }

  @Test
  void shouldTellAllThatIsWrongWithLineAndColumn() {
    assertThat(
            problems(
                HEADER
                    + "yesterday,+34911234567,,30,60,,,,\n"
                    + FINE
                    + "long,-5,,,,\n"
                    + FINE
                    + "30,60,,10,,\n"
                    + FINE
                    + "30,60,,,answered,60\n"
                    + FINE
                    + "30,60,,5,lost,\n"
                    + FINE
                    + "30,60,,5,abandoned,60\n"
                    + FINE
                    + "30,60,Not a queue,5,abandoned,\n"
                    + FINE
                    + "30,25h,,,,\n"
                    + FINE
                    + "30\n"))
        .containsExactly(
            "2:1: at: must be an instant such as 2026-03-02T08:00:00Z or"
                + " 2026-03-02T09:00:00+01:00, got 'yesterday'",
            "2:24: to: must not be empty",
            "3:48: patience: must be seconds such as 12.5, or a duration such as 15s, 2m or PT15S,"
                + " got 'long'",
            "3:53: handle: must be seconds such as 12.5, or a duration such as 15s, 2m or PT15S,"
                + " got '-5'",
            "4:58: outcome: must not be empty where 'wait' is given",
            "5:55: wait: must not be empty where the outcome is given",
            "6:57: outcome: must be one of answered, abandoned, other, got 'lost'",
            "7:67: talk: must be empty: nobody talked",
            "8:54: queue: must be 1 to 64 of a-z, 0-9, '.', '_', '-', starting with a letter or"
                + " digit, got 'Not a queue'",
            "9:51: handle: must be 0 s to 24 h, got PT25H",
            "10:1: must have 9 values as the header has, got 4");
  }

  @Test
  void shouldReadWhatWasWritten() {
    List<Arrival> calls =
        calls(
            "id,at,from,to,patience,handle,queue,wait,outcome,talk,attr.a,attr.b\n"
                + "1,2026-03-02T08:00:00Z,,+1415,30,60.25,,,,,\"x, \"\"y\"\"\",7\n"
                + "2,2026-03-02T08:00:01Z,+34,+1415,,,support,1.5,answered,3,,true\n"
                + "3,2026-03-02T08:00:02Z,+34,+1415,,,,0,other,,,\n");

    assertThat(calls(TrafficCsvWriter.write(calls))).isEqualTo(calls);
  }

  @Test
  void shouldRefuseAHeaderThatIsNone() {
    assertThat(problems("")).containsExactly("1:1: is empty; the first line must name the columns");
    assertThat(problems("at,from,att.x,from\n"))
        .containsExactly(
            "1:1: the column 'to' is missing",
            "1:9: there is no column 'att.x'; there are at, to, id, from, patience, handle, queue,"
                + " wait, outcome, talk, attr.<name>",
            "1:15: the column 'from' comes twice");
    assertThat(problems("at,to\n"))
        .containsExactly("1:1: traffic: must be 1 to 200000 calls, got 0");
  }

  @Test
  void shouldRefuseWhatIsNoCsv() {
    assertThat(problems("at,to\n\"2026-03-02T08:00:00Z,+1\n"))
        .containsExactly("3:1: missing closing quote for value");
    assertThat(problems("at,to\n\"2026-03-02T08:00:00Z\"x,+1\n")).hasSize(1);
  }

  @Test
  void shouldTellOfAHundredProblemsAndCountTheRest() {
    List<String> problems = problems("at,to\n" + "now,+14155550100\n".repeat(150));

    assertThat(problems).hasSize(101);
    assertThat(problems.get(99)).startsWith("101:1: at: must be an instant");
    assertThat(problems.get(100)).isEqualTo("101:1: and 50 more");
  }

  @Test
  void shouldRefuseMoreCallsThanASimulationTakes() {
    assertThat(problems("at,to\n" + "2026-03-02T08:00:00Z,+14155550100\n".repeat(200_001)))
        .containsExactly("200002:1: at most 200000 calls");
  }

  @Test
  void shouldRefuseIdsThatComeTwice() {
    assertThat(problems("id,at,to\nx,2026-03-02T08:00:00Z,+1415\nx,2026-03-02T08:00:00Z,+1415\n"))
        .containsExactly("3:1: id: 'x' comes twice");
  }

  @Test
  void shouldRefuseDaysThatAreTooLong() {
    assertThat(problems("at,to\n2026-03-02T08:00:00Z,+1415\n2026-06-02T08:00:00Z,+1415\n"))
        .containsExactly(
            "1:1: traffic: must span at most 31 days, got 2026-03-02T08:00:00Z to"
                + " 2026-06-02T08:00:00Z");
  }
}
