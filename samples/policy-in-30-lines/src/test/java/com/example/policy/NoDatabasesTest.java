package com.example.policy;

import static org.junit.Assert.assertEquals;
import static org.noports.testkit.Stages.value;

import org.junit.Test;
import org.noports.api.policy.Decision;
import org.noports.api.policy.PolicyEvaluator;
import org.noports.testkit.policy.PolicyEvaluatorContract;

/** What is asked of every evaluator, and what this one is for. */
public class NoDatabasesTest extends PolicyEvaluatorContract {
  @Override
  protected PolicyEvaluator evaluator() {
    return new NoDatabases();
  }

  @Test
  public void aDatabaseIsForbidden() {
    assertEquals(
        new Decision.Deny("no-databases", "db.plant.example:5432 is a database"),
        value(evaluator().decide(question("db.plant.example:5432"))));
  }

  @Test
  public void everythingElseIsLeftToOthers() {
    assertEquals(
        new Decision.Abstain("no-databases", "no database, so others decide"),
        value(evaluator().decide(question("localhost:22"))));
  }
}
