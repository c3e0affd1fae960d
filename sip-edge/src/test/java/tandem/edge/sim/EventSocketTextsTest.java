package tandem.edge.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words and manners of the Event Socket, as in recordings 01, 04, 09, 10 and 15. */
class EventSocketTextsTest {

  private SwitchSim sim;

  @BeforeEach
  void start() {
    sim = SwitchSim.start(SimSettings.synthetic());
  }

  @AfterEach
  void stop() {
    assertThat(sim.failures()).isZero();
    sim.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          foo bar                           | -ERR command not found
          api                               | -ERR command not found
          api nosuchcommand x               | -ERR nosuchcommand Command not found!
          api uuid_exists nosuch            | false
          api uuid_kill nosuch              | -ERR No such channel!
          api uuid_park nosuch              | -ERR No such channel!
          api uuid_answer nosuch            | -ERROR
          api uuid_transfer nosuch x        | -ERR No such channel!
          api uuid_transfer                 | '-USAGE: <uuid> [-bleg|-both] <dest-exten> [<dialplan>] [<context>]'
          api uuid_getvar nosuch x          | -ERR No such channel!
          api uuid_setvar_multi nosuch a=1  | -ERR No such channel!
          api uuid_bridge nosuch other      | -ERR Invalid uuid
          api uuid_bridge nosuch            | -USAGE: <uuid> <other_uuid>
          api uuid_broadcast nosuch x       | -ERR invalid uuid
          api uuid_send_dtmf nosuch 1       | -ERR Cannot locate session!
          api uuid_record nosuch mask /a    | -ERR Cannot locate session!
          api uuid_hold nosuch              | +OK Success
          api global_getvar nosuchvar       | -ERR no reply
          api sched_del nosuch              | +OK Deleted: 0
          api hupall                        | +OK hangup all channels with cause MANAGER_REQUEST
          api fsctl sps 3                   | +OK sessions per second: 3
          api fsctl max_sessions            | +OK max sessions: 5000
          api fsctl pause_check             | false
          event plain CHANNEL_BOGUS         | +OK event listener enabled plain
          event json all                    | +OK event listener enabled json
          nixevent CHANNEL_CREATE           | +OK events nixed
          noevents                          | -ERR not listening for events
          filter Event-Name HEARTBEAT       | +OK filter added. [Event-Name]=[HEARTBEAT]
          filter delete Event-Name HEARTBEAT| +OK filter deleted. [Event-Name][HEARTBEAT]
          filter delete all                 | +OK filter deleted. [all][]
          filter                            | -ERR command not found
          log 4                             | +OK log level 4 [4]
          nolog                             | +OK no longer logging
          linger                            | -ERR not controlling a session
          myevents                          | -ERR command not found
          getvar x                          | -ERR command not found
          sendmsg nosuch                    | -ERR invalid session id [nosuch]
          """)
  void shouldAnswerInTheRecordedWords(String command, String answer) throws Exception {
    try (SimClient client = new SimClient(sim.eslPort())) {
      client.next();
      assertThat(client.send("auth " + sim.password())).isEqualTo("+OK accepted");
      assertThat(client.send(command).trim()).isEqualTo(answer);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          originate user/1000@127.0.0.1 &park()                | -ERR USER_NOT_REGISTERED
          originate user/4242@127.0.0.1 &park()                | -ERR SUBSCRIBER_ABSENT
          originate nosuch/x &park()                           | -ERR CHAN_NOT_IMPLEMENTED
          originate sofia/nosuch/agent@127.0.0.1:7201 &park()  | -ERR INVALID_PROFILE
          originate sofia/external/a@127.0.0.1:9 &park()       | -ERR NORMAL_TEMPORARY_FAILURE
          nosuchcommand a b                                    | -ERR nosuchcommand Command not found!
          uuid_kill nosuch                                     | -ERR No such channel!
          """)
  void shouldTellAJobsResultAfterItsReply(String command, String result) throws Exception {
    try (SimClient client = SimClient.listening(sim, "BACKGROUND_JOB")) {
      assertThat(client.send("bgapi " + command + "\nJob-UUID: my-own-job"))
          .isEqualTo("+OK Job-UUID: my-own-job");
      assertThat(client.awaitJob("my-own-job").trim()).isEqualTo(result);
    }
  }

  @Test
  void shouldAnswerAnOriginateThatDoesNotParseWithItsUsage() throws Exception {
    try (SimClient client = SimClient.listening(sim, "BACKGROUND_JOB")) {
      assertThat(client.api("originate {origination_uuid=c9ee6f6d"))
          .startsWith("-USAGE: <call url> <exten>|&");
      assertThat(client.api("originate sofia/external/agent@127.0.0.1:7201"))
          .startsWith("-USAGE: ");
    }
  }

  @Test
  void shouldRefuseEverythingBeforeAuth() throws Exception {
    try (SimClient client = new SimClient(sim.eslPort())) {
      assertThat(client.next().headers()).isEqualTo("Content-Type: auth/request\n");
      assertThat(client.send("api status")).isEqualTo("-ERR command not found");
      assertThat(client.send("auth " + sim.password())).isEqualTo("+OK accepted");
      assertThat(client.send("api status"))
          .startsWith("UP 0 years")
          .contains("session(s) since startup");
    }
  }

  @Test
  void shouldSayGoodbyeToAWrongPassword() throws Exception {
    try (SimClient client = new SimClient(sim.eslPort())) {
      client.next();
      assertThat(client.send("auth wrong")).isEqualTo("-ERR invalid");
      await().until(client::closedByServer);
      assertThat(client.notices()).singleElement().asString().startsWith("Disconnected, goodbye.");
    }
  }

  @Test
  void shouldCloseAClientThatSaysNothing() throws Exception {
    sim.close();
    SimSettings settings = SimSettings.synthetic();
    sim =
        SwitchSim.start(
            settings.withTiming(settings.timing().withFirstCommand(Duration.ofMillis(100))));
    try (SimClient client = new SimClient(sim.eslPort())) {
      await().atMost(Duration.ofSeconds(5)).until(client::closedByServer);
    }
  }

  @Test
  void shouldTakePipelinedCommandsCrlfAndBareLineEnds() throws Exception {
    try (SimClient client = SimClient.listening(sim, "BACKGROUND_JOB")) {
      client.write("\n\n\napi uuid_exists x\n\n\n\napi nosuchcommand y\r\n\r\napi uuid_kill z\n\n");
      assertThat(client.next().text()).isEqualTo("false");
      assertThat(client.next().text()).startsWith("-ERR nosuchcommand");
      assertThat(client.next().text()).startsWith("-ERR No such channel");
    }
  }

  @Test
  void shouldSayByeOnExit() throws Exception {
    try (SimClient client = SimClient.listening(sim, "all")) {
      assertThat(client.send("exit")).isEqualTo("+OK bye");
      await().until(client::closedByServer);
      assertThat(client.notices()).hasSize(1);
    }
  }

  @Test
  void shouldTellEventsAsJsonToo() throws Exception {
    try (SimClient client = SimClient.listening(sim, "HEARTBEAT")) {
      assertThat(client.send("event json BACKGROUND_JOB"))
          .isEqualTo("+OK event listener enabled json");
      client.send("bgapi uuid_kill nosuch\nJob-UUID: j");
      String json = client.awaitEvent(event -> event.containsKey("json")).get("json");
      assertThat(json)
          .startsWith("{\"Event-Name\":\"BACKGROUND_JOB\",\"Core-UUID\":\"" + sim.coreUuid())
          .contains(
              "\"Job-UUID\":\"j\"",
              "\"Content-Length\":\"22\",\"_body\":\"-ERR No such channel!\\n\"}");
    }
  }

  @Test
  void shouldPassOnlyFilteredEvents() throws Exception {
    try (SimClient client = SimClient.listening(sim, "BACKGROUND_JOB")) {
      client.send("filter Job-Command status");
      client.send("bgapi create_uuid\nJob-UUID: no");
      client.send("bgapi status\nJob-UUID: yes");
      client.awaitJob("yes");
      assertThat(client.events()).extracting(event -> event.get("Job-UUID")).containsExactly("yes");
    }
  }

  @Test
  void shouldKeepVariables() throws Exception {
    String uuid = sim.placeCall("+15550001", "park", CallerScript.endless());
    try (SimClient client = SimClient.listening(sim, "CHANNEL_HANGUP")) {
      assertThat(client.api("uuid_setvar " + uuid + " my_var hello world")).isEqualTo("+OK\n");
      assertThat(client.api("uuid_getvar " + uuid + " my_var")).isEqualTo("hello world");
      assertThat(client.api("uuid_getvar " + uuid + " other")).isEqualTo("_undef_");
      assertThat(client.api("uuid_setvar_multi " + uuid + " a=1;b=2")).isEqualTo("+OK\n");
      assertThat(client.api("uuid_getvar " + uuid + " b")).isEqualTo("2");
      assertThat(client.api("uuid_setvar_multi " + uuid + " a=;c=3")).isEqualTo("+OK\n");
      assertThat(client.api("uuid_getvar " + uuid + " a")).isEqualTo("_undef_");
      assertThat(client.api("uuid_dump " + uuid))
          .startsWith("Event-Name: CHANNEL_DATA\n")
          .contains(
              "variable_my_var: hello%20world\n", "variable_b: 2\n", "Channel-State: CS_EXECUTE\n");
    }
  }
}
