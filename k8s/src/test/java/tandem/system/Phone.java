package tandem.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Set;

/** Somebody on a phone: SIP by sipp, sound by RTP. */
final class Phone {
  private final String name;
  private final Handset handset;
  private final Voices.Voice voice;

  Phone(String name, Handset handset, Voices.Voice voice) {
    this.name = name;
    this.handset = handset;
    this.voice = voice;
    voice.to(handset::audio);
  }

  String name() {
    return name;
  }

  Handset sip() {
    return handset;
  }

  Voices.Voice voice() {
    return voice;
  }

  /** Waits until it hears these, and nobody else. */
  void awaitHears(String... names) {
    await(name + " hears " + String.join(" and ", names))
        .atMost(Handset.PATIENCE)
        .untilAsserted(
            () -> assertThat(voice.hears()).as("%s hears", name).isEqualTo(Set.of(names)));
  }

  /** Its owner hangs up, and the other side agrees. */
  void hangUp() {
    handset.putDown();
    handset.await("hung up", 1);
  }

  /** The other side has hung up. */
  void awaitHungUp() {
    handset.await("is hung up", 1);
  }
}
