package tandem.persistence.readmodel;

import akka.actor.typed.ActorSystem;
import akka.serialization.jackson.JacksonObjectMapperProvider;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.Optional;
import tandem.router.call.Call;

/** A call's events as JSON: in the history's rows and on Kafka. */
public final class CallJson {
  private final ObjectMapper mapper;

  private CallJson(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** With the same settings as the journal's own CBOR: ISO-8601 times, unknown fields skipped. */
  public static CallJson of(ActorSystem<?> system) {
    return new CallJson(
        JacksonObjectMapperProvider.get(system).getOrCreate("jackson-json", Optional.empty()));
  }

  public ObjectMapper mapper() {
    return mapper;
  }

  String write(Call.Event event) {
    try {
      return mapper.writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot write " + event.getClass().getSimpleName(), e);
    }
  }

  /** Reads an event back; empty when its name is of a newer version. */
  Optional<Call.Event> read(String name, String json) {
    Class<? extends Call.Event> type = CallEventNames.type(name);
    if (type == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(mapper.readValue(json, type));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a history row holds no readable '" + name + "' event", e);
    }
  }
}
