package tandem.edge.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tandem.router.domain.LegId;
import tandem.router.domain.Prompt;
import tandem.router.edge.SwitchCommand;

/** Digits, picking up, and what is said to callers who wait: once, in time, and to who is there. */
class PhoneDeskTest {
  final LinkHarness link = new LinkHarness().ready().compared();
  final LegId caller = link.greeted();

  PhoneDeskTest() {
    musicBegins();
  }

  private void musicBegins() {
    link.pass(Duration.ofMillis(400));
  }

  private void digits(String order, String digits) {
    link.order(
        new SwitchCommand.SendDigits(
            LinkHarness.call(caller),
            caller,
            order,
            digits,
            link.now.plusSeconds(5),
            link.incarnation()));
  }

  private void say(int number, Prompt... prompts) {
    say(number, null, prompts);
  }

  private void say(int number, @Nullable String music, Prompt... prompts) {
    link.order(
        new SwitchCommand.Say(
            LinkHarness.call(caller),
            caller,
            number,
            List.of(prompts),
            music,
            link.now.plusSeconds(5),
            link.incarnation()));
  }

  @Test
  void shouldPlayTheMusicOfTheQueueFromThenOn() {
    link.forgetSaid();
    say(1, "audio/demo/jazz/1.wav");
    assertThat(link.commands)
        .containsSubsequence(
            "uuid_break " + caller + " all",
            "uuid_broadcast " + caller + " playback::audio/demo/jazz/1.wav aleg");
    musicBegins();
    link.forgetSaid();
    say(2, "audio/demo/jazz/1.wav");
    say(3, "x'y.wav");
    say(3, "audio/acme/jazz/1.wav");
    assertThat(link.commands).isEmpty();
    say(4, "audio/demo/jazz/1.wav", new Prompt.File("wait.wav"));
    assertThat(String.join(" ", link.commands)).contains("wait.wav!audio/demo/jazz/1.wav");
  }

  @Test
  void shouldSendDigitsOnceForEachOrder() {
    link.forgetSaid();
    digits("a", "12#");
    digits("a", "12#");
    digits("b", "A*");
    digits("c", "1;2");
    assertThat(link.commands)
        .containsExactly("uuid_send_dtmf " + caller + " 12#", "uuid_send_dtmf " + caller + " A*");
  }

  @Test
  void shouldDropWhatComesTooLateOrForAnotherConnection() {
    link.forgetSaid();
    link.order(
        new SwitchCommand.SendDigits(
            LinkHarness.call(caller), caller, "a", "1", link.now.minusSeconds(1), "incarnation-1"));
    link.order(
        new SwitchCommand.SendDigits(
            LinkHarness.call(caller), caller, "b", "1", link.now.plusSeconds(1), "another"));
    assertThat(link.commands).isEmpty();
    assertThat(ErrandFixture.names(link.facts(caller))).containsExactly("StillUp");
  }

  @Test
  void shouldAskOnlyAPhoneThatRingsToPickUp() {
    LegId agent = link.ordered(caller);
    link.happen(new Happening.Rang(LinkHarness.outbound(agent, LinkHarness.call(caller), false)));
    link.forgetSaid();
    for (LegId leg : List.of(agent, caller)) {
      link.order(
          new SwitchCommand.PickUpPhone(
              LinkHarness.call(caller), leg, link.now.plusSeconds(5), link.incarnation()));
    }
    assertThat(link.commands).containsExactly("uuid_phone_event " + agent + " talk");
  }

  @Test
  void shouldSayFilesAndTheMusicAfterThemAsOneThing() {
    link.forgetSaid();
    say(1, new Prompt.File("a.wav"), new Prompt.File("b.wav"));
    say(1, new Prompt.File("again.wav"));
    assertThat(link.commands)
        .containsExactly(
            "uuid_break " + caller + " all",
            "uuid_broadcast "
                + caller
                + " 'playback::file_string://a.wav!b.wav!tone_stream://music' aleg");
  }

  @Test
  void shouldDropMusicThatWaitsBehindSpeechBeforeABridge() {
    LegId agent = link.answeredAgent(caller);
    link.forgetSaid();
    say(1, new Prompt.Speech("You are next", "en"));
    link.answerAll();
    assertThat(link.commands)
        .containsExactly(
            "uuid_break " + caller + " all",
            "uuid_setvar_multi " + caller + " playback_delimiter=!;language=en",
            "uuid_broadcast " + caller + " 'playback::say:You are next' aleg",
            CallbackFixture.music(caller));
    link.forgetSaid();
    link.order(
        new SwitchCommand.Bridge(
            LinkHarness.call(caller),
            agent,
            caller,
            link.now.plus(Duration.ofSeconds(1)),
            link.incarnation()));
    assertThat(link.commands)
        .containsExactly("uuid_break " + caller + " all", "uuid_bridge " + caller + " " + agent);
  }

  @Test
  void shouldSayNothingBeforeTheMusicHasBegunThatItIsToEnd() {
    LegId other = link.greeted();
    link.forgetSaid();
    link.order(
        new SwitchCommand.Say(
            LinkHarness.call(other),
            other,
            1,
            List.of(new Prompt.File("a.wav")),
            null,
            link.now.plusSeconds(5),
            link.incarnation()));
    link.pass(Duration.ofMillis(300));
    assertThat(link.commands).as("a break would be lost").isEmpty();
    link.pass(Duration.ofMillis(100));
    assertThat(link.commands).hasSize(2).first().isEqualTo("uuid_break " + other + " all");
    link.pass(Duration.ofSeconds(1));
    assertThat(link.commands).as("once").hasSize(2);
  }

  @Test
  void shouldSayNothingToACallerWhoDoesNotWaitWithMusic() {
    link.bridgedAgent(caller);
    link.forgetSaid();
    say(1, new Prompt.File("a.wav"));
    assertThat(link.commands).isEmpty();
  }
}
