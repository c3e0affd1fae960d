package tandem.edge.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Conferences, consultations, digits, broadcasts and recordings against the recorded switch: the
 * same commands, the same sequence of every leg.
 */
class RecordedCallControlTest {

  @TempDir private Path recordings;

  private SwitchSim sim;

  @BeforeEach
  void start() {
    sim = SwitchSim.start(SimSettings.synthetic().withRecordings(recordings.toString()));
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
        "05a_hold_unhold | start",
        "05d_dtmf | sipp sends & uuid_recv_dtmf & uuid_send_dtmf",
        "05e_broadcast_playback | start & uuid_broadcast 1 s & broadcast 10 s & missing file &"
            + " sendmsg & broadcast to both & hangup in",
        "05f_record | start & stop of nothing & hangup while recording",
        "05f_record | unwritable path",
        "05g_conference | parked leg moved",
        "11_conference_from_call | A:",
        "11_conference_from_call | B:",
        "11_conference_from_call | C:",
        "12_consult | 1:",
        "12_consult | 1b:",
        "12_consult | 2:",
        "12_consult | 2b:",
        "12_consult | 3:",
        "12_consult | 4:",
        "12_consult | 5:",
        "12_consult | 6:",
        "12_consult | 7:",
        "12_consult | 8:",
        "12_consult | 9:",
        "14_ivr | 1:",
        "14_ivr | 2:",
        "14_ivr | 3:",
        "14_ivr | 4:",
        "14_ivr | 5:",
        "14_ivr | 6:",
        "14_ivr | 7d:",
        "15_record_mask | 1:",
        "15_record_mask | 2:",
      })
  void shouldSayWhatTheRecordedSwitchSaid(String trace, String headings) throws Exception {
    try (SimClient client = SimClient.listening(sim, "all")) {
      SectionReplay replay = new SectionReplay(sim, client, recordings.toString());
      for (String heading : (headings == null ? "" : headings).split(" & ", -1)) {
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
