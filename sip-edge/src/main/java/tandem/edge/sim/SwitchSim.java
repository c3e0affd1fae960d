package tandem.edge.sim;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A simulated FreeSWITCH that other code starts, watches and torments. Every method may be called
 * from any thread that is not an actor's: those that return something wait for the simulator's loop
 * (microseconds).
 */
public final class SwitchSim implements AutoCloseable {

  private final SimSettings settings;
  private final SimLoop loop;
  private final Switch owner;
  private final Random random;
  private final @Nullable SipAdapter sip;

  private SwitchSim(SimSettings settings) {
    this.settings = settings;
    loop = new SimLoop("switch-sim");
    SwitchCore core = SwitchCore.of(loop, settings);
    owner = new Switch(core);
    random = new Random(settings.seed() + 3);
    SipAdapter adapter = null;
    if (settings.sip()) {
      try {
        adapter = new SipAdapter(core, owner);
      } catch (RuntimeException e) {
        owner.server().close();
        loop.close();
        throw e;
      }
      owner.sip(adapter);
    }
    sip = adapter;
    owner.start();
    loop.start();
  }

  /** Binds the ports and runs. Fails with a message naming the address when a port is taken. */
  public static SwitchSim start(SimSettings settings) {
    return new SwitchSim(settings);
  }

  /** The Event Socket's port. */
  public int eslPort() {
    return owner.server().port();
  }

  /** SIP's port (UDP and TCP), or -1 without SIP. */
  public int sipPort() {
    return sip == null ? -1 : sip.port();
  }

  /** The Event Socket's password. */
  public String password() {
    return settings.password();
  }

  /** The switch's identity; another one after each restart. */
  public String coreUuid() {
    return ask(() -> owner.core().bus().coreUuid());
  }

  /**
   * A played caller calls; its channel's uuid is returned, also when the switch refuses it (the
   * ledger says so).
   */
  public String placeCall(String from, String to, CallerScript script) {
    String uuid = UUID.randomUUID().toString();
    ask(() -> owner.call(uuid, from, to, script, random));
    return uuid;
  }

  /** The far end of a channel hangs up: CANCEL or BYE. False when there is no such channel. */
  public boolean hangup(String uuid) {
    return ask(
        () -> {
          SimChannel channel = owner.core().channels().locate(uuid);
          if (channel != null) {
            owner.gone(channel);
          }
          return channel != null;
        });
  }

  /**
   * How a phone at {@code sim.invalid} takes calls from now on; {@code *}: every phone without a
   * script of its own.
   */
  public void phone(String user, PhoneScript script) {
    ask(
        () -> {
          owner.phones().script(user, script);
          return true;
        });
  }

  /** Every played phone that was scripted or called so far, by name. */
  public List<SimPhone> phones() {
    return ask(owner.phones()::picture);
  }

  /** Starts placing calls; the future completes when the last one has been placed (not ended). */
  public CompletableFuture<Long> load(LoadPlan plan) {
    CompletableFuture<Long> placed = new CompletableFuture<>();
    loop.execute(() -> watch(owner.load(plan), placed));
    return placed;
  }

  private void watch(LoadGenerator load, CompletableFuture<Long> placed) {
    if (load.done()) {
      placed.complete(load.placed());
    } else {
      loop.after(Duration.ofMillis(20), () -> watch(load, placed));
    }
  }

  /** What happened so far. */
  public SimLedger ledger() {
    return ask(owner::picture);
  }

  /** Forgets ended calls, counts, latencies and the phones' figures; calls that live now stay. */
  public void clearLedger() {
    ask(
        () -> {
          owner.forget();
          return true;
        });
  }

  /** The uuids of all channels that have not hung up. */
  public List<String> channels() {
    return ask(
        () -> owner.core().channels().living().stream().map(channel -> channel.uuid).toList());
  }

  /** The uuids of those whose voices a channel hears now, sorted: the truth about rooms. */
  public List<String> hears(String uuid) {
    return ask(() -> owner.hears(uuid));
  }

  /** Digits that the switch has sent to a played far end, in order; empty for others. */
  public String digitsHeard(String uuid) {
    return ask(
        () -> {
          SimChannel channel = owner.core().channels().locate(uuid);
          return channel == null ? "" : channel.heardDigits.toString();
        });
  }

  /** The far end of a channel types digits. */
  public void type(String uuid, String digits) {
    ask(
        () -> {
          SimChannel channel = owner.core().channels().locate(uuid);
          if (channel != null) {
            owner.digits(channel, digits, 2_000);
          }
          return channel != null;
        });
  }

  /**
   * What is wrong with a gateway from now on.
   *
   * @param cause a hang-up cause that every call over it ends with, {@code down} or {@code up}
   */
  public void gateway(String name, String cause) {
    ask(
        () -> {
          owner.gateways().set(name, cause);
          return true;
        });
  }

  /** Event Socket connections now. */
  public int connections() {
    return ask(() -> owner.server().connections());
  }

  /**
   * All connections and channels are gone without a word, the Core-UUID is new: a crash and a
   * start. The ports stay.
   */
  public void restart() {
    ask(
        () -> {
          owner.restart();
          return true;
        });
  }

  /** Every Event Socket connection breaks; calls go on. */
  public void cutEventSockets() {
    ask(
        () -> {
          owner.server().cut();
          return true;
        });
  }

  /**
   * For so long the Event Socket says and hears nothing, with its connections open; calls go on.
   */
  public void silence(Duration length) {
    ask(
        () -> {
          owner.server().silence(length);
          return true;
        });
  }

  /** Faults inside the simulator; a test that finds any has found a fault of the simulator. */
  public long failures() {
    return loop.failures();
  }

  @Override
  public void close() {
    if (sip != null) {
      sip.close();
    }
    ask(
        () -> {
          owner.server().close();
          return true;
        });
    loop.close();
  }

  private <T> T ask(Supplier<T> question) {
    if (loop.onLoop()) {
      return question.get();
    }
    CompletableFuture<T> answer = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            answer.complete(question.get());
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
