package tandem.router.domain.select;

import java.util.Comparator;
import java.util.List;

/** The best few of many, in order, however they come. */
final class Podium {
  private final Comparator<Candidate> ties;
  private final Selection selection;
  private final Picker.Draw draw;
  private final Slot[] slots;
  private final double[] lots;
  private int filled;

  Podium(Selection selection, Picker.Draw draw, int places) {
    this.selection = selection;
    this.draw = draw;
    this.ties =
        selection instanceof Selection.Drawn
            ? Candidate.BY_IDLE
            : selection.comparator(draw.last(), draw.count());
    this.slots = new Slot[places];
    this.lots = new double[places];
  }

  void offer(Slot slot) {
    double lot =
        selection instanceof Selection.Drawn drawn ? drawn.lot(slot.candidate, draw.count()) : 0;
    if (filled == slots.length && !isBefore(slot, lot, filled - 1)) {
      return;
    }
    int place = filled < slots.length ? filled++ : filled - 1;
    while (place > 0 && isBefore(slot, lot, place - 1)) {
      slots[place] = slots[place - 1];
      lots[place] = lots[place - 1];
      place--;
    }
    slots[place] = slot;
    lots[place] = lot;
  }

  void addTo(List<Slot> best) {
    best.addAll(List.of(slots).subList(0, filled));
  }

  private boolean isBefore(Slot slot, double lot, int place) {
    int byLot = Double.compare(lot, lots[place]);
    return byLot != 0 ? byLot < 0 : ties.compare(slot.candidate, slots[place].candidate) < 0;
  }
}
