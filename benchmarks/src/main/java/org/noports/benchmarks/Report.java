package org.noports.benchmarks;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.DoublePredicate;

/** Prints one row for each goal, and at the end how many were met. */
public final class Report {
  private final PrintStream out;
  private int goals;
  private int met;

  Report(PrintStream out) {
    this.out = out;
    row("what", "median (spread)", "ratio", "goal", "");
  }

  /** A row whose median has a goal. */
  public void absolute(
      String what, Samples samples, String unit, String goal, DoublePredicate reached) {
    judge(what, samples.text(unit), "", goal, reached.test(samples.median()));
  }

  /** A first figure: it has no goal yet. */
  public void figure(String what, Samples samples, String unit) {
    row(what, samples.text(unit), "", "a first figure", "");
  }

  /** A first figure beside a peer. */
  public void figure(String what, Samples ours, Samples peer, String unit) {
    row(
        what,
        ours.text(unit) + " : " + peer.text(unit),
        times(ours.ratioTo(peer)),
        "a first figure",
        "");
  }

  /** A row whose median ratio to a peer in the same run has to reach {@code goal}. */
  public void atLeast(double goal, String what, Samples ours, Samples peer, String unit) {
    compared(">= ", goal, what, ours, peer, unit, ours.ratioTo(peer) >= goal);
  }

  /** A row whose median ratio to a peer in the same run may not exceed {@code goal}. */
  public void atMost(double goal, String what, Samples ours, Samples peer, String unit) {
    compared("<= ", goal, what, ours, peer, unit, ours.ratioTo(peer) <= goal);
  }

  private void compared(
      String sign,
      double goal,
      String what,
      Samples ours,
      Samples peer,
      String unit,
      boolean reached) {
    judge(
        what,
        ours.text(unit) + " : " + peer.text(unit),
        times(ours.ratioTo(peer)),
        String.format(Locale.ROOT, "%s%.1f x", sign, goal),
        reached);
  }

  /** A row that could not be measured: it counts as missed. */
  public void failed(String what, String goal, String why) {
    judge(what, "failed: " + why, "", goal, false);
  }

  private void judge(String what, String measured, String ratio, String goal, boolean reached) {
    goals++;
    met += reached ? 1 : 0;
    row(what, measured, ratio, goal, reached ? "met" : "MISSED");
  }

  private void row(String what, String measured, String ratio, String goal, String verdict) {
    out.printf(
        Locale.ROOT, "%-72s | %-52s | %6s | %-16s | %s%n", what, measured, ratio, goal, verdict);
  }

  private static String times(double ratio) {
    return String.format(Locale.ROOT, "%.2f x", ratio);
  }

  void end() {
    out.println(met + " of " + goals + " goals met");
  }
}
