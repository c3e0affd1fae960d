package tandem.router.plan.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tandem.router.domain.AgentId;
import tandem.router.domain.Attributes;
import tandem.router.domain.TenantId;
import tandem.router.domain.Traits;
import tandem.router.domain.simulate.Staffing;

class StaffingCsvTest {
  private static final TenantId ACME = new TenantId("acme");

  private static List<String> problems(String text) {
    StaffingCsv.Reading reading = StaffingCsv.read(ACME, text);
    assertThat(reading.staffing()).isNull();
    return reading.problems().stream().map(CsvProblem::toString).toList();
  }

  @Test
  void shouldReadAgentsAndTheirShifts() {
    StaffingCsv.Reading reading =
        StaffingCsv.read(
            ACME,
            """
            agent,from,to,queues,skills,teams,languages,capacity,answer,noanswer,attr.site
            ann,2026-03-02T08:00:00Z,2026-03-02T12:00:00Z,\
            support; sales,billing=5;spanish=3,gold,es;pt-br,2,3s,0.05,north
            bob,,,support,,,,,,,
            ann,2026-03-02T13:00:00Z,2026-03-02T17:00:00Z,\
            sales;support,spanish=3;billing=5,gold,pt-br;es,2,3s,0.05,north
            """);

    assertThat(reading.problems()).isEmpty();
    Staffing staffing = reading.staffing();
    assertThat(staffing).isNotNull();
    assertThat(staffing.members())
        .containsExactly(
            new Staffing.Member(
                new AgentId(ACME, "ann"),
                Traits.of(
                    Map.of("billing", 5, "spanish", 3),
                    Set.of("es", "pt-br"),
                    Set.of("gold"),
                    Attributes.of(Map.of("site", "north"))),
                Set.of("support", "sales"),
                2,
                Duration.ofSeconds(3),
                0.05,
                List.of(
                    new Staffing.Shift(
                        Instant.parse("2026-03-02T08:00:00Z"),
                        Instant.parse("2026-03-02T12:00:00Z")),
                    new Staffing.Shift(
                        Instant.parse("2026-03-02T13:00:00Z"),
                        Instant.parse("2026-03-02T17:00:00Z")))),
            Staffing.Member.of(new AgentId(ACME, "bob"), Traits.NONE, Set.of("support")));
  }

  @Test
  void shouldTellAllThatIsWrong() {
    assertThat(
            problems(
                """
                agent,queues,skills,capacity,noanswer,from,to
                Ann,support,,,,,
                b,support,billing,11,2,,
                c,Support,billing=11,1,0,2026-03-02T08:00:00Z,
                d,support,,1,0,2026-03-02T09:00:00Z,2026-03-02T08:00:00Z
                e,support,,1,0,,
                e,support,,1,0,,
                f,support,,1,0,2026-03-02T08:00:00Z,2026-03-02T10:00:00Z
                f,sales,,1,0,2026-03-02T11:00:00Z,2026-03-02T12:00:00Z
                g,support,,1,0,2026-03-02T08:00:00Z,2026-03-02T10:00:00Z
                g,support,,1,0,2026-03-02T09:00:00Z,2026-03-02T12:00:00Z
                """))
        .containsExactly(
            "2:1: agent: must be 1 to 64 of a-z, 0-9, '.', '_', '-', starting with a letter or"
                + " digit, got 'Ann'",
            "3:11: skills: must be such as billing=5;spanish=3, got 'billing'",
            "3:19: capacity: must be 1 to 10, got 11",
            "3:22: noanswer: must be 0 to 1, got '2'",
            "4:3: queues: queue: must be 1 to 64 of a-z, 0-9, '.', '_', '-', starting with a"
                + " letter or digit, got 'Support'",
            "4:11: skills: skill billing: must be 0 to 10, got 11",
            "4:47: to: must not be empty: a shift has both",
            "5:37: to: must be after 2026-03-02T09:00:00Z, got 2026-03-02T08:00:00Z",
            "7:1: agent: 'e' comes twice, and not with a shift each time",
            "9:1: agent: 'f' comes twice, and not with the same queues and traits",
            "11:1: agent: shifts: agent 'g' has two at 2026-03-02T09:00:00Z");
  }
}
