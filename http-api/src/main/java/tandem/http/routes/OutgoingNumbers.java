package tandem.http.routes;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.http.port.RouterPort;
import tandem.router.call.Refusal;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.TenantId;
import tandem.router.domain.plan.Dialing;
import tandem.router.domain.plan.Outgoing;
import tandem.router.numbers.Numbers;

/** Finds whom an agent calls and what is shown there, by the plan and the tenant's own numbers. */
final class OutgoingNumbers {
  private final RouterPort router;
  private final CurrentPlan plan;

  OutgoingNumbers(RouterPort router, PlanReads reads) {
    this.router = router;
    this.plan = new CurrentPlan(router, reads);
  }

  /**
   * Whom to call, and what to show; fails with the reason when the number is not to be called.
   *
   * @param typed as somebody wrote it
   * @param wished to be shown; null when nobody says which
   * @param usual the agent's own; null for what the plan says
   */
  CompletionStage<Dialing.Outcome.Allowed> resolve(
      TenantId tenant, String typed, @Nullable PhoneNumber wished, @Nullable PhoneNumber usual) {
    return plan.of(tenant)
        .thenCompose(
            current -> {
              Outgoing rules = current.outgoing();
              return own(tenant, rules, wished, usual)
                  .thenApply(own -> Dialing.resolve(rules, typed, own, wished, usual));
            })
        .thenApply(OutgoingNumbers::allowed);
  }

  private static Dialing.Outcome.Allowed allowed(Dialing.Outcome outcome) {
    if (outcome instanceof Dialing.Outcome.Allowed allowed) {
      return allowed;
    }
    Dialing.Reason why = ((Dialing.Outcome.Refused) outcome).why();
    throw switch (why) {
      case NOT_A_NUMBER ->
          new ProblemException(Problem.field("to", "is no number that anybody can have"));
      case NOT_ALLOWED -> Refusals.of(Refusal.DESTINATION_NOT_ALLOWED);
      case NO_SHOWN_NUMBER -> Refusals.of(Refusal.NO_SHOWN_NUMBER);
      case EMERGENCY ->
          new ProblemException(
              Problem.refused(403, why, "Emergency calls are made at the phone itself."));
    };
  }

  /** Which of the numbers that come into question are the tenant's; with none named, two of all. */
  private CompletionStage<Set<PhoneNumber>> own(
      TenantId tenant, Outgoing rules, @Nullable PhoneNumber wished, @Nullable PhoneNumber usual) {
    Set<PhoneNumber> asked = new LinkedHashSet<>();
    Optional.ofNullable(wished).ifPresent(asked::add);
    Optional.ofNullable(usual).ifPresent(asked::add);
    if (wished == null) {
      asked.addAll(rules.shown());
    }
    CompletionStage<Set<PhoneNumber>> own =
        wished == null && rules.shown().isEmpty()
            ? router
                .numbers(tenant, null, 2)
                .thenApply(
                    some ->
                        new LinkedHashSet<>(
                            some.numbers().stream().map(Numbers.Listed::number).toList()))
            : CompletableFuture.completedFuture(new LinkedHashSet<>());
    for (PhoneNumber number : List.copyOf(asked)) {
      own =
          own.thenCombine(
              router.number(tenant, number),
              (found, answer) -> {
                if (answer.entry() != null) {
                  found.add(number);
                }
                return found;
              });
    }
    return own;
  }
}
