package tandem.router.plan.document;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.ivr.Ivr;
import tandem.router.domain.plan.Lot;
import tandem.router.domain.plan.Mailbox;
import tandem.router.domain.plan.Outgoing;
import tandem.router.domain.plan.Plan;
import tandem.router.domain.plan.QueueRule;
import tandem.router.domain.plan.Supervision;
import tandem.router.domain.time.Calendar;

/** Reads a whole document, part by part. */
final class DocumentReader {
  private DocumentReader() {}

  /** The plan as far as it is right: what is wrong is among the problems. */
  static @Nullable Plan read(Tree.Obj root, Problems problems) {
    Workshop workshop = Workshop.of(root, problems);
    Fields fields = new Fields(root, problems);
    Plan.Waiting waiting = workshop.values().word(fields.get("waiting"), Plan.Waiting.class);
    NumberReader numberReader = new NumberReader(workshop);
    List<Plan.NumberRule> numbers = numberReader.numbers(fields);
    Map<String, Calendar> calendars = new CalendarReader(workshop).read(fields);
    Map<String, String> extensions = numberReader.extensions(fields);
    ActionReader actions = new ActionReader(workshop);
    Map<String, Lot> lots = actions.lots().lots(fields);
    Map<String, Mailbox> boxes = new BoxReader(workshop).boxes(fields);
    CallingReader calling = new CallingReader(workshop);
    Outgoing outgoing = calling.outgoing(fields.get("outgoing"));
    Supervision supervision = calling.supervision(fields.get("supervision"));
    QueueReader queueReader = new QueueReader(workshop, actions);
    Map<String, QueueRule> groups = queueReader.groups(fields);
    Map<String, QueueRule> queues = queueReader.queues(fields);
    FlowReader flowReader = new FlowReader(workshop, actions);
    Map<String, Plan.Flow> flows = flowReader.flows(fields);
    IvrReader ivrReader = new IvrReader(workshop, actions);
    Map<String, Ivr> ivrs = ivrReader.read(fields);
    flowReader.unreached();
    ivrReader.unreached();
    fields.finish();
    return problems.hasErrors()
        ? null
        : new Plan(
            waiting == null ? Plan.Waiting.KEEP : waiting,
            numbers,
            calendars,
            extensions,
            groups,
            queues,
            flows,
            workshop.references().directAgents(),
            lots,
            boxes,
            outgoing,
            supervision,
            ivrs);
  }
}
