package tandem.persistence.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import tandem.persistence.readmodel.CallEventNames;
import tandem.persistence.readmodel.JournaledEvent;
import tandem.router.domain.CallId;

/**
 * What a record on Kafka looks like. Key: the call's id, so that a call's records stay in order.
 * Header {@code seq}: the event's number, as decimal text. Value, JSON:
 *
 * <pre>{@code
 * {"schema": 1, "tenant": "acme", "call": "acme:…", "seq": 4, "type": "offered",
 *  "at": "2026-11-20T09:30:00.123456Z", "payload": {…}}
 * }</pre>
 *
 * <p>Fields may be added under the same {@code schema}; anything else gets a new number and a new
 * topic. Numbers of a call increase, not always by one: bookkeeping events are not published.
 */
final class CallRecords {
  static final int SCHEMA = 1;

  private final String topic;
  private final ObjectMapper mapper;

  CallRecords(String topic, ObjectMapper mapper) {
    this.topic = topic;
    this.mapper = mapper;
  }

  /** The record of an event; empty when it is not published. */
  Optional<ProducerRecord<String, String>> of(CallId call, JournaledEvent each) {
    return CallEventNames.of(each.event()).map(name -> record(call, each, name));
  }

  private ProducerRecord<String, String> record(CallId call, JournaledEvent each, String name) {
    ObjectNode payload = mapper.valueToTree(each.event());
    payload.remove("at");
    ObjectNode value = mapper.createObjectNode();
    value.put("schema", SCHEMA);
    value.put("tenant", call.tenant().value());
    value.put("call", call.value());
    value.put("seq", each.seq());
    value.put("type", name);
    value.put("at", each.event().at().toString());
    value.set("payload", payload);
    try {
      ProducerRecord<String, String> record =
          new ProducerRecord<>(topic, call.value(), mapper.writeValueAsString(value));
      record.headers().add("seq", Long.toString(each.seq()).getBytes(StandardCharsets.US_ASCII));
      return record;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot write event " + each.seq() + " of " + call, e);
    }
  }
}
