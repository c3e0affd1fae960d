package tandem.router.plan.ical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tandem.router.plan.ical.HolidayImport.Result;

/** What an import refuses as a whole, and what it must not do to the node. */
class HolidayImportLimitsTest {
  private static String calendar(String... events) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n"
        + String.join("", events)
        + "END:VCALENDAR\r\n";
  }

  private static String event(String... lines) {
    return "BEGIN:VEVENT\r\n" + String.join("\r\n", lines) + "\r\nEND:VEVENT\r\n";
  }

  private static List<String> found(Result result) {
    return result.holidays().stream()
        .map(holiday -> holiday.name() + " " + holiday.when().text())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | 1",
        "<html> | 1",
        "BEGIN:VCARD;END:VCARD | 1",
        "BEGIN:VCALENDAR;VERSION:2.0;BEGIN:VEVENT;DTSTART:20261225;no colon"
            + " here;END:VEVENT;END:VCALENDAR | 5",
        "BEGIN:VCALENDAR;VERSION:2.0;BEGIN:VEVENT;SUMMARY:a; b;"
            + " c;DTSTART:20261225;END:VTODO;END:VCALENDAR | 8",
        "BEGIN:VCALENDAR;VERSION:2.0; 1;;BEGIN:VEVENT;SUMMARY; :a;DTSTART:20261225;;?;END:VEVENT |"
            + " 10",
        "BEGIN:VCALENDAR;VERSION:2.0;BEGIN:VEVENT;DTSTART:20261225;END:VEVENT | 5",
        "BEGIN:VCALENDAR;VERSION:2.0;BEGIN:VEVENT;DTSTART:20261225 | 4"
      })
  void shouldNameTheLineThatIsNotICalendar(String lines, int line) {
    String text = lines.replace(";", "\r\n");
    assertThatThrownBy(() -> HolidayImport.read(text, 2026, 2028))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("line " + line + ": is not iCalendar: ");
  }

  @Test
  void shouldRefuseMoreThanTheLimits() {
    assertThatThrownBy(() -> HolidayImport.read("x".repeat(1_048_577), 2026, 2028))
        .hasMessage("text: must be at most 1048576 characters, got 1048577");
    assertThatThrownBy(() -> HolidayImport.read(calendar(), 2028, 2026))
        .hasMessage("years: must be within 1900 to 2200, the earlier first, got 2028 to 2026");
    assertThatThrownBy(() -> HolidayImport.read(calendar(), 2000, 2050))
        .hasMessage("years: must be at most 50, got 2000 to 2050");
    String long7 = event("SUMMARY:Long", "DTSTART:20200101", "DURATION:P2001D");
    assertThatThrownBy(() -> HolidayImport.read(calendar(long7), 2020, 2030))
        .hasMessage("text: has more than 2000 days from 2020 to 2030; ask for fewer years");
    assertThat(
            HolidayImport.read(calendar(long7.replace("P2001D", "P2000D")), 2020, 2030).holidays())
        .hasSize(1);
    assertThatThrownBy(
            () -> HolidayImport.read(calendar("BEGIN:X\r\n".repeat(100_000)), 2026, 2028))
        .hasMessageContaining("components within components");
  }

  @Test
  void shouldNotFollowAHostileRuleForLong() {
    String hostile =
        "RRULE:FREQ=YEARLY;COUNT=999999;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=366;BYMONTH=1,2,3,4,5,6,7,"
            + "8,9,10,11,12";
    String events =
        IntStream.range(0, 600)
            .mapToObj(i -> event("UID:" + i, "DTSTART:19000101", hostile))
            .collect(Collectors.joining());

    Result result = HolidayImport.read(calendar(events), 2026, 2075);

    // Each would be followed through 421 days of 177 years.
    assertThat(found(result)).hasSize(12).contains("unnamed holiday 2028-12-31");
    assertThat(result.skipped())
        .hasSize(600 - 2)
        .allMatch(skipped -> skipped.reason().equals("RRULE: the text repeats too many days"));
  }

  @Test
  void shouldFollowAllRulesOfALargeFeed() {
    String[] events =
        IntStream.rangeClosed(1, 40)
            .mapToObj(
                i ->
                    event(
                        "SUMMARY:" + i,
                        "DTSTART:20000101",
                        "RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=MO;BYMONTHDAY=18,19,20,21,22,23,24"))
            .toArray(String[]::new);

    Result result = HolidayImport.read(calendar(events), 2026, 2075);

    assertThat(result.holidays()).hasSize(40 * 50);
    assertThat(result.skipped()).isEmpty();
  }

  @Test
  void shouldNeitherAskTheNetworkNorAddTimeZones() {
    Set<String> zones = ZoneId.getAvailableZoneIds();
    ProxySelector before = ProxySelector.getDefault();
    List<URI> asked = new ArrayList<>();
    ProxySelector.setDefault(
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            asked.add(uri);
            return List.of(Proxy.NO_PROXY);
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException e) {
            asked.add(uri);
          }
        });
    try {
      String zoned =
          """
          BEGIN:VTIMEZONE
          TZID:Nowhere/Land
          TZURL:http://zones.invalid/Nowhere/Land
          BEGIN:STANDARD
          DTSTART:19700101T000000
          TZOFFSETFROM:+0100
          TZOFFSETTO:+0100
          END:STANDARD
          END:VTIMEZONE
          BEGIN:VEVENT
          DTSTART;TZID=Nowhere/Land:20261231T200000
          EXDATE;TZID=Europe/Berlin:20261231T200000
          END:VEVENT
          """;
      assertThat(HolidayImport.read(calendar(zoned), 2026, 2026).skipped()).hasSize(1);
    } finally {
      ProxySelector.setDefault(before);
    }

    assertThat(asked).isEmpty();
    assertThat(ZoneId.getAvailableZoneIds()).isEqualTo(zones);
  }
}
