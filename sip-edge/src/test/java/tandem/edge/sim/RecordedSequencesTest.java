package tandem.edge.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The simulator's events against the recorded switch's: the same commands, the same parties, the
 * same sequence of every leg.
 */
class RecordedSequencesTest {

  private SwitchSim sim;

  @BeforeEach
  void start() {
    sim = SwitchSim.start(SimSettings.synthetic());
  }

  @AfterEach
  void stop() {
    assertThat(sim.failures()).isZero();
    sim.close();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "02_inbound_parked_caller_hangup | A:",
        "02_inbound_parked_caller_hangup | B:",
        "02_inbound_parked_caller_hangup | C:",
        "02_inbound_parked_caller_hangup | D:",
        "03_bridge | A:",
        "03_bridge | B:",
        "03_bridge | C:",
        "03_bridge | D:",
        "03_bridge | E:",
        "03_bridge | F:",
        "03_bridge | G:",
        "04_originate_failures | 486 busy",
        "04_originate_failures | 603 decline",
        "04_originate_failures | rings, never answers, originate_timeout=3",
        "04_originate_failures | rings, never answers, [leg_timeout=2]",
        "04_originate_failures | nothing listening",
        "04_originate_failures | no such profile",
        "04_originate_failures | agent answers, unknown app",
        "05b_uuid_park_bridged_leg | uuid_park A (other leg has default",
        "05b_uuid_park_bridged_leg | uuid_park B of a bridged pair",
        "05b_uuid_park_bridged_leg | uuid_park A when both legs",
        "08_queue_music | MAIN1: & MAIN1 continued",
        "08_queue_music | b: caller BYEs",
        "08_queue_music | c: caller BYEs",
        "08b_queue_music_variants | e: early media",
        "08b_queue_music_variants | f: uuid_ring_ready A (180 only)",
        "08b_queue_music_variants | g: music broadcast",
        "08b_queue_music_variants | o: agent vanishes",
        "08b_queue_music_variants | o2: caller vanishes",
        "08c_stuck_caller_recovery | A: stuck A",
        "08c_stuck_caller_recovery | B: stuck A -> uuid_park A",
        "08c_stuck_caller_recovery | C: stuck A -> uuid_bridge",
        "08c_stuck_caller_recovery | D: stuck A -> uuid_kill",
        "08c_stuck_caller_recovery | E: caller first",
        "08c_stuck_caller_recovery | F: bridge of A",
        "08e_first_leg_hung_up | uuid_bridge A B, kill B after 22 ms, park_after_bridge=true ",
        "08e_first_leg_hung_up | uuid_bridge B A, kill A after 22 ms, park_after_bridge=true ",
        "10_errors | A:",
        "10_errors | B:",
        "10_errors | B2:",
      })
  void shouldSayWhatTheRecordedSwitchSaid(String trace, String headings) throws Exception {
    try (SimClient client = SimClient.listening(sim, "all")) {
      SectionReplay replay = new SectionReplay(sim, client);
      for (String heading : headings.split(" & ", -1)) {
        replay.run(TraceSection.of(trace, heading));
      }
      assertThat(replay.replies()).isEqualTo(replay.recordedReplies());
      assertThat(replay.recorded()).isNotEmpty();
      replay
          .recorded()
          .forEach(
              (uuid, tokens) ->
                  assertThat(String.join("\n", replay.said(uuid)))
                      .as(uuid)
                      .isEqualTo(String.join("\n", tokens)));
    }
  }
}
