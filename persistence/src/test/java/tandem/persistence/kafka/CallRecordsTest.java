package tandem.persistence.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tandem.cluster.NodeConfig;
import tandem.persistence.readmodel.CallEventNames;
import tandem.persistence.readmodel.CallJson;
import tandem.persistence.readmodel.Calls;
import tandem.persistence.readmodel.JournaledEvent;
import tandem.router.call.Call;
import tandem.router.domain.CallId;
import tandem.router.domain.TenantId;

/** What others read on Kafka. */
class CallRecordsTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
  private static final CallId CALL = Calls.id(new TenantId("acme"), 1);
  private static final ActorTestKit KIT =
      ActorTestKit.create(
          "records",
          ConfigFactory.parseString("akka.actor.provider = local\nakka.loglevel = WARNING")
              .withFallback(NodeConfig.load()));
  private static final CallRecords RECORDS =
      new CallRecords("calls", CallJson.of(KIT.system()).mapper());

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void shouldPublishEachEventUnderItsName() throws IOException {
    for (List<Call.Event> life :
        List.of(
            Calls.answered(CALL, AT),
            Calls.planned(CALL, AT),
            Calls.promised(CALL, AT),
            Calls.callback(CALL, AT),
            Calls.unreached(CALL, AT))) {
      for (JournaledEvent each : Calls.numbered(life)) {
        Optional<JsonNode> value = value(each);
        assertThat(value.map(json -> json.get("type").asText()))
            .isEqualTo(CallEventNames.of(each.event()));
        value.ifPresent(
            json -> {
              assertThat(json.get("seq").asLong()).isEqualTo(each.seq());
              assertThat(json.get("at").asText()).isEqualTo(each.event().at().toString());
              assertThat(json.get("payload").has("at")).isFalse();
            });
      }
    }
  }

  @Test
  void shouldTellHowACallIsCalledBack() throws IOException {
    JsonNode promised = values(Calls.promised(CALL, AT)).get(3);
    assertThat(promised.get("type").asText()).isEqualTo("callback-promised");
    assertThat(promised.at("/payload/callback").asText()).isEqualTo(CALL.callback().value());
    assertThat(promised.at("/payload/promise/number").asText()).isEqualTo(Calls.CALLER);
    List<JsonNode> callback = values(Calls.callback(CALL, AT));
    assertThat(callback.get(0).at("/payload/arrival/callback/origin").asText())
        .isEqualTo(CALL.value());
    assertThat(callback).extracting(json -> json.get("type").asText()).contains("attempt-failed");
    JsonNode ordinary = values(Calls.answered(CALL, AT)).get(0);
    assertThat(ordinary.at("/payload/arrival").has("callback")).isFalse();
  }

  private static List<JsonNode> values(List<Call.Event> life) throws IOException {
    List<JsonNode> values = new ArrayList<>();
    for (JournaledEvent each : Calls.numbered(life)) {
      value(each).ifPresent(values::add);
    }
    return values;
  }

  private static Optional<JsonNode> value(JournaledEvent each) throws IOException {
    Optional<ProducerRecord<String, String>> record = RECORDS.of(CALL, each);
    return record.isEmpty()
        ? Optional.empty()
        : Optional.of(new ObjectMapper().readTree(record.get().value()));
  }
}
