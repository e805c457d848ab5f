package org.noports.store.mvstore;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import java.util.ArrayList;
import java.util.List;
import org.junit.Test;
import org.noports.api.StoreFailed;

/** Early and answer are told by threads of a pool, in any order. */
public class PendingTest {
  private final List<String> heard = new ArrayList<>();
  private final Pending<String> pending =
      new Pending<>(edit -> "done", 1, answer -> heard.add("early " + answer));

  public PendingTest() {
    pending.stage().whenComplete((answer, failure) -> heard.add("answered " + answer));
  }

  @Test
  public void earlyIsToldBeforeTheAnswerThoughItsThreadComesLater() {
    pending.apply(null);
    pending.answer();
    pending.tellEarly();
    assertThat(heard, contains("early done", "answered done"));
  }

  @Test
  public void earlyIsToldOnceWhereItsThreadComesFirst() {
    pending.apply(null);
    pending.tellEarly();
    assertThat(heard, contains("early done"));
    pending.answer();
    assertThat(heard, contains("early done", "answered done"));
  }

  @Test
  public void whatIsRefusedIsNeverToldEarly() {
    List<String> told = new ArrayList<>();
    Pending<String> refused =
        new Pending<>(
            edit -> {
              throw new StoreFailed("no");
            },
            1,
            told::add);
    refused.apply(null);
    refused.tellEarly();
    refused.answer();
    assertThat(told, empty());
  }
}
