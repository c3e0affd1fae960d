package tandem.edge.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.CallId;
import tandem.router.domain.Contact;
import tandem.router.domain.Entry;
import tandem.router.domain.LegId;
import tandem.router.domain.QueueId;
import tandem.router.domain.SwitchId;
import tandem.router.domain.TenantId;
import tandem.router.edge.CallFact;
import tandem.router.edge.SwitchCommand;

/**
 * A link's logic with a clock, a journal and a switch in the test's hands: what it writes is kept
 * until the test answers, what it says is kept for the test to look at.
 */
final class LinkHarness implements LinkActs {
  static final TenantId TENANT = new TenantId("demo");
  static final QueueId QUEUE = new QueueId(TENANT, "support");
  static final String CORE = "11111111-1111-1111-1111-111111111111";
  static final String OTHER_CORE = "22222222-2222-2222-2222-222222222222";
  static final String NUMBER = "+14155550100";
  static final String PHONE = "sip:1001@127.0.0.1:7001";

  static final LinkSettings SETTINGS =
      new LinkSettings(
          "tone_stream://music",
          Duration.ofSeconds(60),
          Duration.ofSeconds(2),
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMillis(100),
          5,
          Duration.ofMillis(2),
          100);

  record Written(String command, Purpose purpose) {}

  record Said(CallId call, CallFact fact) {}

  Instant now = Instant.parse("2026-11-20T12:00:00Z");
  final Deque<Written> unanswered = new ArrayDeque<>();
  final List<String> commands = new ArrayList<>();
  final List<Said> said = new ArrayList<>();
  final List<LinkEvent> journal = new ArrayList<>();
  final List<LinkEvent> unwritten = new ArrayList<>();
  final List<String> reconnects = new ArrayList<>();
  boolean holdJournal;
  boolean nudging;
  boolean numbersLoaded = true;
  AnswerMode answer = AnswerMode.ON_QUEUE;

  /** What the switch says, at once, when it is asked for its trunk; null: the test answers. */
  @Nullable String trunk = "carrier";

  int connections;
  final LinkLogic logic;

  LinkHarness() {
    this(LinkBook.EMPTY, 100);
  }

  LinkHarness(LinkBook book, double rate) {
    logic =
        new LinkLogic(
            new SwitchSettings(new SwitchId("fs1"), "127.0.0.1", 8021, "secret", "external", rate),
            SETTINGS,
            () -> now,
            new Random(7),
            entries(),
            this);
    logic.recovered(book);
  }

  private Entries entries() {
    return new Entries() {
      @Override
      public boolean loaded() {
        return numbersLoaded;
      }

      @Override
      public Optional<Entry> find(String dialled) {
        return dialled.equals(NUMBER)
            ? Optional.of(new Entry(QUEUE, 50, answer))
            : Optional.empty();
      }
    };
  }

  /** Connected, compared with a switch that has nothing, ready. */
  LinkHarness ready() {
    return ready(CORE, "{\"row_count\":0}");
  }

  LinkHarness ready(String core, String list) {
    connect();
    answer("global_getvar core_uuid", core);
    answer("show channels as json", list);
    return this;
  }

  LinkHarness compared() {
    answer("global_getvar core_uuid", CORE);
    return this;
  }

  void connect() {
    connections++;
    logic.connected(incarnation());
    pump();
  }

  void disconnect() {
    unanswered.clear();
    logic.disconnected("the test cut it");
    pump();
  }

  String incarnation() {
    return "incarnation-" + connections;
  }

  void pass(Duration time) {
    now = now.plus(time);
    logic.tick();
    pump();
  }

  void happen(Happening happening) {
    logic.happened(happening);
    pump();
  }

  void order(SwitchCommand command) {
    logic.command(command);
    pump();
  }

  /** Answers the oldest unanswered command, which has to begin like this. */
  void answer(String beginning, String text) {
    Written next = unanswered.poll();
    assertThat(next).as("a command that begins with " + beginning).isNotNull();
    assertThat(next.command()).startsWith(beginning);
    logic.reply(next.purpose(), !text.startsWith("-ERR") && !text.startsWith("-USAGE"), text);
    pump();
  }

  /** The oldest unanswered command, which has to begin like this, was not even written. */
  void overload(String beginning) {
    Written next = unanswered.poll();
    assertThat(next).as("a command that begins with " + beginning).isNotNull();
    assertThat(next.command()).startsWith(beginning);
    logic.notWritten(next.purpose(), "too many");
    pump();
  }

  /** Answers all that is unanswered with +OK. */
  void answerAll() {
    while (!unanswered.isEmpty()) {
      answer("", "+OK\n");
    }
  }

  void writeJournal() {
    holdJournal = false;
    pump();
  }

  private void pump() {
    while (!holdJournal && !unwritten.isEmpty()) {
      LinkEvent event = unwritten.remove(0);
      journal.add(event);
      logic.written(event);
    }
  }

  // ---- A call's usual life

  static LegId leg() {
    return new LegId(UUID.randomUUID().toString());
  }

  static CallId call(LegId caller) {
    return new CallId(TENANT, caller.value());
  }

  static Happening.Channel inbound(LegId leg) {
    return new Happening.Channel(leg, true, false, null, "+15550001", NUMBER);
  }

  static Happening.Channel answeredInbound(LegId leg) {
    return new Happening.Channel(leg, true, true, null, "+15550001", NUMBER);
  }

  static Happening.Channel outbound(LegId leg, @Nullable CallId owner, boolean answered) {
    return new Happening.Channel(
        leg, false, answered, owner == null ? null : owner.value(), "", "1001");
  }

  /** A caller has arrived and the call has taken it. */
  LegId arrived() {
    LegId caller = leg();
    happen(new Happening.Parked(inbound(caller)));
    order(new SwitchCommand.Taken(call(caller), caller));
    return caller;
  }

  LegId greeted() {
    LegId caller = arrived();
    order(new SwitchCommand.Greet(call(caller), caller, answer, incarnation()));
    answerAll();
    return caller;
  }

  SwitchCommand.Originate originate(LegId caller, LegId agent) {
    return new SwitchCommand.Originate(
        call(caller),
        agent,
        new Contact(PHONE),
        "+15550001",
        Duration.ofSeconds(15),
        now.plusSeconds(5),
        incarnation());
  }

  LegId ordered(LegId caller) {
    LegId agent = leg();
    order(originate(caller, agent));
    answerAll();
    return agent;
  }

  /** What is to be heard is heard: nothing of it waits on the switch. */
  void musicBegins() {
    now = now.plusMillis(400);
  }

  LegId answeredAgent(LegId caller) {
    musicBegins();
    LegId agent = ordered(caller);
    happen(new Happening.Rang(outbound(agent, call(caller), false)));
    happen(new Happening.Answered(outbound(agent, call(caller), true)));
    happen(new Happening.OrderDone(agent, "+OK " + agent));
    happen(new Happening.Parked(outbound(agent, call(caller), true)));
    return agent;
  }

  LegId bridgedAgent(LegId caller) {
    LegId agent = answeredAgent(caller);
    order(
        new SwitchCommand.Bridge(call(caller), agent, caller, now.plusMillis(500), incarnation()));
    answerAll();
    happen(new Happening.Joined(caller, agent));
    return agent;
  }

  // ---- What was said

  List<CallFact> facts(LegId caller) {
    return said.stream().filter(s -> s.call().equals(call(caller))).map(Said::fact).toList();
  }

  <F extends CallFact> List<F> facts(LegId caller, Class<F> kind) {
    return facts(caller).stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  <F extends CallFact> F last(LegId caller, Class<F> kind) {
    List<F> all = facts(caller, kind);
    assertThat(all).as(kind.getSimpleName() + " of " + said).isNotEmpty();
    return all.get(all.size() - 1);
  }

  void forgetSaid() {
    said.clear();
    commands.clear();
  }

  // ---- LinkActs

  @Override
  public void api(String command, Purpose purpose) {
    String name = trunk;
    if (purpose instanceof Purpose.WhichTrunk && name != null) {
      assertThat(command).isEqualTo("global_getvar tandem_trunk");
      logic.reply(purpose, !name.startsWith("-ERR"), name);
      return;
    }
    commands.add(command);
    unanswered.add(new Written(command, purpose));
  }

  @Override
  public void originate(LegId leg, String command, Duration patience, Purpose purpose) {
    api(command, purpose);
  }

  @Override
  public void tell(CallId call, CallFact fact) {
    said.add(new Said(call, fact));
  }

  @Override
  public void persist(LinkEvent event) {
    unwritten.add(event);
  }

  @Override
  public void reconnect(String why) {
    reconnects.add(why);
  }

  @Override
  public void nudge(boolean on) {
    nudging = on;
  }

  static CarriedCall carried(LegId caller, Instant at) {
    return new CarriedCall(
        call(caller),
        caller,
        "+15550001",
        NUMBER,
        new Entry(QUEUE, 50, AnswerMode.ON_QUEUE),
        at,
        false,
        null);
  }

  static LinkBook book(CarriedCall... calls) {
    return new LinkBook(List.of(calls), CORE, null, false, false);
  }
}
