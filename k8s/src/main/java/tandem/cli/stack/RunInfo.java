package tandem.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What runs, for the other commands: {@code .tandem/run.json}.
 *
 * @param httpPort of the API
 * @param managementPort of the node: membership
 * @param token of the demo tenant
 * @param sipHost where callers call the switch
 * @param sipPort UDP
 * @param simulated whether the switch is the simulator
 */
public record RunInfo(
    long upPid,
    long nodePid,
    int httpPort,
    int managementPort,
    String token,
    SwitchAddress eventSocket,
    String sipHost,
    int sipPort,
    boolean simulated,
    int cassandraPort,
    int kafkaPort) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Writes it; only its owner may read it. */
  public void save(Path file) {
    ObjectNode json = JSON.createObjectNode();
    json.put("upPid", upPid).put("nodePid", nodePid).put("httpPort", httpPort);
    json.put("managementPort", managementPort).put("token", token);
    json.put("eslHost", eventSocket.host()).put("eslPort", eventSocket.port());
    json.put("eslPassword", eventSocket.password());
    json.put("sipHost", sipHost).put("sipPort", sipPort).put("simulated", simulated);
    json.put("cassandraPort", cassandraPort).put("kafkaPort", kafkaPort);
    try {
      Home.replacePrivately(file, json.toPrettyString() + "\n");
    } catch (IOException e) {
      throw new StackException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /** Nothing runs any more. */
  public static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new StackException("cannot remove " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * What runs now.
   *
   * @throws StackException when nothing does
   */
  public static RunInfo load(Path file) {
    if (!Files.exists(file)) {
      throw new StackException("nothing is running; start it with ./tandem up");
    }
    JsonNode json;
    try {
      json = JSON.readTree(Files.readString(file));
    } catch (IOException e) {
      throw new StackException("cannot read " + file + ": " + e.getMessage(), e);
    }
    RunInfo info =
        new RunInfo(
            json.path("upPid").asLong(),
            json.path("nodePid").asLong(),
            json.path("httpPort").asInt(),
            json.path("managementPort").asInt(),
            json.path("token").asText(),
            new SwitchAddress(
                json.path("eslHost").asText(),
                json.path("eslPort").asInt(),
                json.path("eslPassword").asText()),
            json.path("sipHost").asText(),
            json.path("sipPort").asInt(),
            json.path("simulated").asBoolean(),
            json.path("cassandraPort").asInt(),
            json.path("kafkaPort").asInt());
    if (ProcessHandle.of(info.nodePid()).filter(ProcessHandle::isAlive).isEmpty()) {
      throw new StackException("the node is not running any more; start it with ./tandem up");
    }
    return info;
  }
}
