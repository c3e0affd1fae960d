package tandem.persistence.readmodel;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tandem.router.call.Call;
import tandem.router.domain.CallId;
import tandem.router.domain.Prompt;
import tandem.router.domain.ReleaseReason;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.CallbackPromise;
import tandem.router.domain.plan.Change;
import tandem.router.domain.plan.QueueNames;
import tandem.router.edge.Errand;
import tandem.router.edge.Outbound;
import tandem.router.feed.CallView;

/**
 * How people are told of what happens to calls: the one place of these words, for timelines and for
 * explanations.
 */
public final class Sentences {
  private Sentences() {}

  /** Who a queue is, by its name: those of agents and groups are called by whom they are for. */
  public static String queue(String name) {
    Optional<String> agent = QueueNames.agentOf(name);
    Optional<String> group = QueueNames.groupOf(name);
    if (agent.isPresent()) {
      return "the queue of agent " + agent.get();
    }
    return group.map(one -> "ring group " + one).orElse("queue " + name);
  }

  /** What a call is to do, after "is to". */
  public static String action(Action action) {
    if (action instanceof Action.Wait wait) {
      return "wait in "
          + all(wait.queues().stream().map(Sentences::queue).toList())
          + " with priority "
          + wait.priority();
    } else if (action instanceof Action.Park park) {
      return "be held in park lot " + park.lot() + " for " + time(park.timeout());
    } else if (action instanceof Action.Voicemail voicemail) {
      return "leave a message in voicemail box " + voicemail.box();
    } else if (action instanceof Action.Announce announce) {
      return "hear " + announce.file();
    } else if (action instanceof Action.HangUp end) {
      return "be ended with " + end.cause();
    } else if (action instanceof Action.Transfer transfer) {
      return "be transferred to " + transfer.to().value();
    } else if (action instanceof Action.Callback callback) {
      return "be promised a callback within "
          + time(callback.within())
          + (callback.queues().isEmpty()
              ? ""
              : " from " + all(callback.queues().stream().map(Sentences::queue).toList()));
    } else if (action instanceof Action.GoTo next) {
      return "follow flow " + next.flow();
    } else if (action instanceof Action.Interact interact) {
      return "go through the interactive flow " + interact.ivr();
    } else if (action instanceof Action.SetAttributes set) {
      return "get the attributes " + set.attributes().values();
    }
    throw new IllegalArgumentException("unknown action " + action.getClass().getSimpleName());
  }

  /** When a step is due. */
  public static String due(Action.Step step) {
    Duration after = step.after();
    Integer unanswered = step.unanswered();
    List<String> conditions = new ArrayList<>();
    if (after != null) {
      conditions.add(time(after));
    }
    if (unanswered != null) {
      conditions.add(unanswered == 1 ? "1 unanswered offer" : unanswered + " unanswered offers");
    }
    return "after " + all(conditions);
  }

  /** What a step changes, in the order of the plan. */
  public static List<String> changes(Action.Step step) {
    return step.changes().stream().map(Sentences::change).toList();
  }

  private static String change(Change change) {
    if (change instanceof Change.Require require) {
      return require.expression().isEmpty()
          ? "any member will do now"
          : "the agent must now fit " + require.expression();
    } else if (change instanceof Change.Prefer prefer) {
      return prefer.expression().isEmpty()
          ? "nobody is preferred any more"
          : "agents who fit " + prefer.expression() + " now go first";
    } else if (change instanceof Change.AlsoQueue also) {
      return "the call waits in " + queue(also.queue()) + " too";
    } else if (change instanceof Change.SetPriority priority) {
      return "the priority is now " + priority.priority();
    } else if (change instanceof Change.Notify notice) {
      return "supervisors are told '" + notice.text() + "'";
    } else if (change instanceof Change.Go go) {
      return "the call is to " + action(go.to());
    }
    throw new IllegalArgumentException("unknown change " + change.getClass().getSimpleName());
  }

  /** What the switch is to do with the caller. */
  public static String errand(Errand errand) {
    if (errand instanceof Errand.Announce announce) {
      return "The switch plays " + announce.file() + " to the caller";
    } else if (errand instanceof Errand.Voicemail voicemail) {
      return "The switch takes a message for voicemail box " + voicemail.box();
    } else if (errand instanceof Errand.Outside outside) {
      return "The switch connects the caller with " + outside.number().value();
    } else if (errand instanceof Errand.Play play) {
      return "The switch plays " + prompts(play.prompts()) + " to the caller";
    } else if (errand instanceof Errand.Collect collect) {
      return "The switch plays "
          + prompts(collect.prompts())
          + " to the caller and waits for "
          + (collect.least() == collect.most()
              ? digits(collect.most())
              : collect.least() + " to " + digits(collect.most()));
    }
    throw new IllegalArgumentException("unknown errand " + errand.getClass().getSimpleName());
  }

  private static String digits(int count) {
    return count == 1 ? "1 digit" : count + " digits";
  }

  private static String prompts(List<Prompt> prompts) {
    return prompts.isEmpty() ? "nothing" : all(prompts.stream().map(Sentences::prompt).toList());
  }

  /** What somebody hears. */
  static String prompt(Prompt prompt) {
    if (prompt instanceof Prompt.File file) {
      return file.name();
    } else if (prompt instanceof Prompt.Speech speech) {
      return '\'' + speech.text() + '\'';
    } else if (prompt instanceof Prompt.Number number) {
      return "the number " + number.value();
    }
    throw new IllegalArgumentException("unknown prompt " + prompt.getClass().getSimpleName());
  }

  /** What an agent wants who makes a call. */
  public static String calls(Outbound outbound) {
    return "Agent %s calls %s, which is shown %s%s"
        .formatted(
            outbound.agent().name(),
            outbound.to().value(),
            outbound.shown().value(),
            outbound.by() == null ? "" : ", asked for by " + outbound.by());
  }

  /**
   * What a caller was promised, on the call that promised it.
   *
   * @param callback the call that keeps the promise
   */
  public static String promised(CallbackPromise promise, CallId callback) {
    return "the caller is called back at "
        + promise.number().value()
        + " by call "
        + callback.channel()
        + ", with the place since "
        + second(promise.since());
  }

  /** What a callback is for, on the call that calls back. */
  public static String arrived(CallbackPromise promise) {
    return "Calls "
        + promise.number().value()
        + " back, promised by call "
        + promise.origin().channel()
        + ", place since "
        + second(promise.since());
  }

  /** When a callback may call, and how often. */
  public static String window(CallbackPromise promise) {
    return "from "
        + second(promise.from())
        + " until "
        + second(promise.until())
        + ", "
        + (promise.attempts() == 1 ? "once" : "at most " + promise.attempts() + " times");
  }

  /**
   * Which of its attempts a callback makes.
   *
   * @param promise null where it is not known
   */
  public static String attempt(int attempt, @Nullable CallbackPromise promise) {
    return "attempt " + attempt + (promise == null ? "" : " of " + promise.attempts());
  }

  /** What became of an attempt, after which attempt and whom. */
  public static String attemptFailed(Call.AttemptFailed e) {
    Instant again = e.again();
    return "failed ("
        + e.cause()
        + "), "
        + (again == null ? "and it was the last" : "the next not before " + second(again));
  }

  /**
   * Why a callback, or a call that an agent has made, ends that nobody talked on.
   *
   * @param outbound whether an agent has made it
   */
  public static String givenUp(Call.GivenUp e, boolean outbound) {
    if (outbound) {
      return "The call came to nothing (" + e.cause() + ")";
    }
    return switch (e.outcome()) {
      case UNREACHED -> "The callback is given up (" + e.cause() + ")";
      case CANCELLED -> "Somebody calls the callback off (" + e.cause() + ")";
      default -> "The callback ends (" + e.cause() + ")";
    };
  }

  private static Instant second(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS);
  }

  /** Why a queue had no place, after its name. */
  public static String noPlace(Call.NoPlaceReason why) {
    return switch (why) {
      case FULL -> "is full";
      case ESTIMATED_WAIT -> "would take too long";
    };
  }

  /**
   * How a call ended.
   *
   * @param outbound whether an agent has made it
   */
  public static String ended(CallView.Outcome outcome, boolean outbound) {
    if (outbound && outcome == CallView.Outcome.UNREACHED) {
      return "Whom the agent called was not reached, call over";
    }
    return switch (outcome) {
      case ANSWERED -> "Call answered and over";
      case ABANDONED -> "Caller hung up before anybody answered";
      case VOICEMAIL -> "Caller was given to voicemail, call over";
      case TRANSFERRED -> "Caller was given to somebody outside, call over";
      case TURNED_AWAY -> "The plan ended the call before anybody talked";
      case CALLBACK -> "Caller was promised to be called back, call over";
      case UNREACHED -> "Who was to be called back was not reached, call over";
      case CANCELLED -> "The callback was called off";
      case HUNG_UP -> "Somebody ended the call before anybody talked";
      case SWITCH_LOST -> "The switch was lost before anybody answered";
    };
  }

  public static String why(ReleaseReason reason) {
    return switch (reason) {
      case NO_ANSWER -> "no answer";
      case DECLINED -> "the agent declined";
      case UNREACHABLE -> "the phone cannot be reached";
      case BUSY -> "the phone is busy";
      case WITHDRAWN -> "the agent signed out or took a break";
      case CALLER_GONE -> "the caller is gone";
      case ANSWERED_ELSEWHERE -> "answered elsewhere";
      case NEVER_HEARD -> "the offer never reached the call";
      case OTHER_OFFER -> "another offer is out";
      case STALE_ROUND -> "it belongs to an earlier stay in a queue";
      case LINK_LOST -> "the switch is out of reach";
      case NOT_ORDERED -> "the switch did not take the order";
      case BRIDGE_FAILED -> "the switch did not connect the two";
      case NOT_ADMITTED -> "this phone may not be rung";
    };
  }

  /** A rule of a flow by its place, from 0; people count from the 1st. */
  public static String rule(String flow, int place) {
    int n = place + 1;
    String ending =
        n % 100 >= 11 && n % 100 <= 13
            ? "th"
            : switch (n % 10) {
              case 1 -> "st";
              case 2 -> "nd";
              case 3 -> "rd";
              default -> "th";
            };
    return "the " + n + ending + " rule of flow " + flow;
  }

  /** A duration such as {@code 1 min 30 s}. */
  public static String time(Duration duration) {
    String text =
        part(duration.toHours(), "h")
            + part(duration.toMinutesPart(), "min")
            + part(duration.toSecondsPart(), "s")
            + part(duration.toMillisPart(), "ms");
    return text.isEmpty() ? "0 s" : text.strip();
  }

  private static String part(long amount, String unit) {
    return amount == 0 ? "" : amount + " " + unit + " ";
  }

  /** With a capital letter where it begins with a word. */
  public static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** One, or {@code a, b and c}. */
  public static String all(List<String> texts) {
    int last = texts.size() - 1;
    return last < 1
        ? String.join("", texts)
        : texts.subList(0, last).stream().collect(Collectors.joining(", "))
            + " and "
            + texts.get(last);
  }
}
