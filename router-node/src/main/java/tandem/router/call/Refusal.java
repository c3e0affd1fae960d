package tandem.router.call;

/** Why a call does not do what somebody asks. */
public enum Refusal {
  NO_SUCH_CALL("There is no such call."),
  CALL_ENDED("The call is over, or about to be."),
  NOT_TALKING("Nobody talks to the caller."),
  NOT_TWO("This is for two people who talk; here are more, or a consultation is under way."),
  NOT_HELD("The caller is not on hold."),
  NOT_RINGING("The phone of this agent does not ring for the call."),
  NOT_THERE("This agent is not in the conversation; name one who is."),
  NO_SUCH_LEG("No such person is in the conversation."),
  NOT_ENOUGH("Only two talk; hang up instead."),
  CONSULTING("A consultation is under way already."),
  NOT_CONSULTING("No consultation is under way."),
  NOT_ANSWERED("Who is consulted has not answered yet."),
  BEING_MOVED("Somebody else is moving the call at this moment."),
  ALREADY_THERE("This agent is in the conversation, or on the way to it."),
  LOCKED("The conversation is locked."),
  FULL("So many are in the conversation, or on their way, that nobody can be added."),
  NO_SUCH_AGENT("There is no such agent."),
  NO_SUCH_QUEUE("There is no such queue."),
  NO_SUCH_FLOW("The plan has no such flow."),
  NO_SUCH_EXTENSION("The plan has no such extension."),
  NOT_A_PERSON("Only an agent, an extension or a number can be talked to."),
  NOT_A_NUMBER("Nobody can have this number."),
  EMERGENCY("Emergency calls are made at the phone itself, never here."),
  DESTINATION_NOT_ALLOWED("The plan does not allow this number to be called."),
  NO_SHOWN_NUMBER("There is no number of the tenant to be shown to who is called."),
  SWITCH_LOST("The call's switch is out of reach."),
  NOT_PARKED("The call is in no park lot."),
  NO_SUCH_LOT("The plan has no such park lot."),
  NO_SUCH_SLOT("The park lot has no such slot."),
  SLOT_TAKEN("Another call is in this slot."),
  LOT_FULL("All slots of the park lot are taken."),
  LOT_SILENT("The park lot does not answer; the caller is where it was."),
  BEING_PICKED_UP("Somebody is picking the call up already."),
  NOT_ALLOWED("The plan does not allow this."),
  NOT_SUPERVISING("This supervisor does not listen to the call."),
  NOT_RECORDING("The call is not being recorded."),
  TOO_MANY("The call has as many of these as it can have."),
  OTHER_REQUEST("This Idempotency-Key was used for something else.");

  private final String detail;

  Refusal(String detail) {
    this.detail = detail;
  }

  /** A sentence for people. */
  public String detail() {
    return detail;
  }
}
