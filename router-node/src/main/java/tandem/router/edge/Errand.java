package tandem.router.edge;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import tandem.router.domain.PhoneNumber;

/** What the switch does with a caller by itself, while no agent is there. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "errand")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Errand.Announce.class, name = "announce"),
  @JsonSubTypes.Type(value = Errand.Voicemail.class, name = "voicemail"),
  @JsonSubTypes.Type(value = Errand.Outside.class, name = "outside")
})
public sealed interface Errand {
  /** Whether the caller comes back to be routed on. */
  boolean returns();

  /** Plays a file, then parks the caller again. */
  record Announce(String file) implements Errand {
    @Override
    public boolean returns() {
      return true;
    }
  }

  /** Records a message, then hangs up. */
  record Voicemail(String box) implements Errand {
    @Override
    public boolean returns() {
      return false;
    }
  }

  /** Connects the caller with somebody outside, until one of them hangs up. */
  record Outside(PhoneNumber number) implements Errand {
    @Override
    public boolean returns() {
      return false;
    }
  }
}
