package tandem.edge.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;
import tandem.router.edge.Errand;

/** Errands that the switch refuses, or the link itself, and those that could not be written. */
class ErrandRefusalTest extends ErrandFixture {
  @Test
  void shouldSayWhyTheSwitchRefusesAndPlayTheMusicOn() {
    LegId caller = link.greeted();
    link.order(handOver(caller, 1, OUTSIDE));
    link.answer("sched_del", "+OK");
    link.answer("uuid_break", "+OK");
    link.answer("uuid_setvar_multi", "+OK");
    link.forgetSaid();
    link.answer("uuid_transfer", "-ERR No such channel!");
    assertThat(link.last(caller, CallFact.HandOverRefused.class).text())
        .isEqualTo("-ERR No such channel!");
    assertThat(link.commands).contains(music(caller));

    link.pass(Duration.ofMillis(500));
    assertThat(link.commands).as("it may be over").endsWith("uuid_exists " + caller);
    link.forgetSaid();
    link.order(handOver(caller, 1, OUTSIDE));
    assertThat(names(link.facts(caller))).containsExactly("HandOverRefused");
    assertThat(link.commands).isEmpty();
  }

  @Test
  void shouldNotTransferAChannelThatCouldNotBeToldWhatItIsAbout() {
    LegId caller = link.arrived();
    link.order(handOver(caller, 1, ANNOUNCE));
    link.answer("sched_del", "+OK");
    link.answer("uuid_setvar_multi", "-ERR No such channel!");
    assertThat(link.commands).noneMatch(command -> command.startsWith("uuid_transfer"));
    assertThat(link.facts(caller, CallFact.HandOverRefused.class)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b.wav",
        "a.wav\nuuid_kill",
        "a.wav\r",
        "a;tandem_call=x",
        "a=b",
        "'a'",
        "\"a\"",
        "${system(reboot)}",
        "a\\b",
        "a|b",
        "a`b"
      })
  void shouldRefuseAFileThatCouldMeanSomethingElse(String file) {
    LegId caller = link.greeted();
    link.forgetSaid();
    link.order(handOver(caller, 1, new Errand.Announce(file)));
    assertThat(link.commands).isEmpty();
    assertThat(link.last(caller, CallFact.HandOverRefused.class).text())
        .startsWith("file: must be ")
        .doesNotContain("\n", "\r");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "../etc", "a/b", "a b", "a;b", "ä"})
  void shouldRefuseABoxThatIsNoPartOfAFileName(String box) {
    LegId caller = link.greeted();
    link.forgetSaid();
    link.order(handOver(caller, 1, new Errand.Voicemail(box)));
    assertThat(link.commands).isEmpty();
    assertThat(link.last(caller, CallFact.HandOverRefused.class).text())
        .startsWith("box: must be ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"welcome.wav", "ivr/ivr-welcome.wav", "de_DE/gruss-1.wav"})
  void shouldTakeFilesAsAPlanNamesThem(String file) {
    LegId caller = link.greeted();
    link.order(handOver(caller, 1, new Errand.Announce(file)));
    link.answerAll();
    assertThat(link.commands).contains(told(caller, file));
    assertThat(link.facts(caller, CallFact.HandedOver.class)).hasSize(1);
  }

  @Test
  void shouldOrderAgainWhatWasNotWritten() {
    LegId caller = link.greeted();
    link.order(handOver(caller, 1, ANNOUNCE));
    link.overload("sched_del");
    link.answerAll();
    assertThat(link.commands)
        .as("the safety hang-up would come in the middle of it")
        .noneMatch(command -> command.startsWith("uuid_transfer"));
    assertThat(link.facts(caller, CallFact.HandOverRefused.class)).isEmpty();

    link.order(handOver(caller, 1, ANNOUNCE));
    link.answerAll();
    assertThat(link.commands).containsOnlyOnce(transfer(caller, "announce-1"));
  }
}
