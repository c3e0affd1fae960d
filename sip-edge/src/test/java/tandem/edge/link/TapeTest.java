package tandem.edge.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;
import tandem.router.edge.SwitchCommand;
import tandem.router.edge.SwitchCommand.TapeMode;

/** Calls are recorded, paused and stopped, and a file is begun once in its life. */
class TapeTest {
  private static final String RECORDING = "00000000-0000-4000-8000-00000000000a";

  final LinkHarness link = new LinkHarness().ready().compared();
  LegId caller = link.greeted();

  private void tape(TapeMode mode, int version) {
    link.order(
        new SwitchCommand.Tape(
            LinkHarness.call(caller), caller, RECORDING, mode, version, link.incarnation()));
  }

  private String record(String what) {
    return "uuid_record "
        + caller
        + " "
        + what
        + " /var/rec/tape-demo-"
        + caller
        + "-"
        + RECORDING
        + ".wav";
  }

  private void directory() {
    link.answer("global_getvar recordings_dir", "/var/rec");
  }

  private void running() {
    tape(TapeMode.RECORDING, 1);
    directory();
    link.answerAll();
    link.forgetSaid();
  }

  private CallFact.Taped taped() {
    return link.last(caller, CallFact.Taped.class);
  }

  @Test
  void shouldBeginWithBothSidesApartAndNoteThatOnTheChannel() {
    link.forgetSaid();
    tape(TapeMode.RECORDING, 1);
    directory();
    link.answer("uuid_setvar_multi", "+OK");
    assertThat(link.facts(caller)).isEmpty();
    link.answer(record("start"), "+OK Success");
    assertThat(link.commands)
        .containsExactly(
            "global_getvar recordings_dir",
            "uuid_setvar_multi " + caller + " RECORD_STEREO=true;RECORD_PRE_BUFFER_FRAMES=1",
            record("start"),
            "uuid_setvar " + caller + " tandem_tape " + RECORDING);
    assertThat(taped().mode()).isEqualTo(TapeMode.RECORDING);
    assertThat(taped().version()).isEqualTo(1);
  }

  @Test
  void shouldAnswerARepeatAndIgnoreALowerVersion() {
    running();
    tape(TapeMode.PAUSED, 2);
    link.answer(record("mask"), "+OK Success");
    tape(TapeMode.PAUSED, 2);
    tape(TapeMode.RECORDING, 1);
    assertThat(link.commands).containsExactly(record("mask"));
    assertThat(link.facts(caller, CallFact.Taped.class))
        .extracting(CallFact.Taped::version)
        .containsExactly(2, 2);
  }

  @Test
  void shouldBeginAndPauseWhatIsToBePausedAtOnce() {
    link.forgetSaid();
    tape(TapeMode.PAUSED, 1);
    directory();
    link.answerAll();
    assertThat(link.commands).contains(record("start"), record("mask"));
    assertThat(taped().mode()).isEqualTo(TapeMode.PAUSED);
    tape(TapeMode.RECORDING, 2);
    link.answer(record("unmask"), "+OK Success");
    assertThat(taped().mode()).isEqualTo(TapeMode.RECORDING);
  }

  @Test
  void shouldStopAndTellTheLengthAndNeverBeginAgain() {
    running();
    tape(TapeMode.STOPPED, 2);
    link.happen(
        new Happening.Taped(
            caller, Happening.TapeKind.RECORDING, RECORDING, Duration.ofMillis(4_321)));
    link.answer(record("stop"), "+OK Success");
    assertThat(ErrandFixture.names(link.facts(caller))).containsExactly("TapeEnded", "Taped");
    assertThat(link.last(caller, CallFact.TapeEnded.class).length())
        .isEqualTo(Duration.ofMillis(4_321));
    tape(TapeMode.RECORDING, 3);
    assertThat(link.last(caller, CallFact.TapeRefused.class).text())
        .isEqualTo("the recording has ended");
    assertThat(link.commands).containsExactly(record("stop"));
  }

  @Test
  void shouldSayWhyTheSwitchWouldNot() {
    link.forgetSaid();
    tape(TapeMode.RECORDING, 1);
    directory();
    link.answer("uuid_setvar_multi", "+OK");
    link.answer(record("start"), "-ERR Cannot record session!");
    tape(TapeMode.RECORDING, 1);
    assertThat(link.facts(caller, CallFact.TapeRefused.class))
        .hasSize(2)
        .allMatch(refused -> refused.text().equals("-ERR Cannot record session!"));
  }

  @Test
  void shouldRefuseWithoutADirectoryOrAUuidOrAnAnswer() {
    tape(TapeMode.RECORDING, 1);
    link.answer("global_getvar recordings_dir", "-ERR no reply");
    assertThat(link.last(caller, CallFact.TapeRefused.class).text()).startsWith("recordings_dir:");

    link.order(
        new SwitchCommand.Tape(
            LinkHarness.call(caller), caller, "../x", TapeMode.RECORDING, 1, link.incarnation()));
    assertThat(link.last(caller, CallFact.TapeRefused.class).text())
        .isEqualTo("recording: must be a UUID, got '../x'");

    caller = link.arrived();
    tape(TapeMode.RECORDING, 1);
    assertThat(link.last(caller, CallFact.TapeRefused.class).text())
        .isEqualTo("the leg is not answered");
  }

  @Test
  void shouldTakeARecordingOfALegThatIsGoneForStopped() {
    link.happen(new Happening.Ended(LinkHarness.answeredInbound(caller), "NORMAL_CLEARING"));
    tape(TapeMode.STOPPED, 4);
    assertThat(taped().version()).isEqualTo(4);
    tape(TapeMode.RECORDING, 5);
    assertThat(link.last(caller, CallFact.TapeRefused.class).text()).isEqualTo("no such leg");
  }

  private void lost() {
    running();
    link.disconnect();
    link.ready(
        LinkHarness.CORE, ErrandFixture.list(ErrandFixture.row(caller, "inbound", "CS_PARK", "")));
    link.compared();
    link.forgetSaid();
  }

  @Test
  void shouldFindAfterALossWhatStillRuns() {
    lost();
    tape(TapeMode.PAUSED, 2);
    directory();
    link.answer(record("mask"), "+OK Success");
    assertThat(taped().version()).isEqualTo(2);
    assertThat(link.commands).noneMatch(command -> command.contains(" start "));
  }

  @Test
  void shouldNotOverwriteAfterALossWhatHasEnded() {
    lost();
    tape(TapeMode.RECORDING, 1);
    directory();
    link.answer(record("unmask"), "-ERR Cannot unmask recording session!");
    link.answer("uuid_getvar " + caller + " tandem_tape", RECORDING);
    assertThat(link.last(caller, CallFact.TapeRefused.class).text())
        .isEqualTo("the recording has ended");
    tape(TapeMode.STOPPED, 2);
    assertThat(taped().mode()).isEqualTo(TapeMode.STOPPED);
  }

  @Test
  void shouldBeginAfterALossWhatNeverWasBegun() {
    lost();
    tape(TapeMode.RECORDING, 1);
    directory();
    link.answer(record("unmask"), "-ERR Cannot unmask recording session!");
    link.answer("uuid_getvar " + caller + " tandem_tape", "_undef_");
    link.answerAll();
    assertThat(taped().mode()).isEqualTo(TapeMode.RECORDING);
    assertThat(link.commands).contains(record("start"));
  }

  @Test
  void shouldTellOfAMessageThatWasLeft() {
    link.happen(
        new Happening.Taped(caller, Happening.TapeKind.MESSAGE, RECORDING, Duration.ofSeconds(9)));
    assertThat(link.last(caller, CallFact.MessageLeft.class).message()).isEqualTo(RECORDING);
  }
}
