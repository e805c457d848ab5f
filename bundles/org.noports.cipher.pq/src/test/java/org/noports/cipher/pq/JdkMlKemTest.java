package org.noports.cipher.pq;

import static org.junit.Assert.assertEquals;

import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Suite;

/**
 * All that holds for ML-KEM by Bouncy Castle, held against the best engine of the JDK that runs
 * this: its own from version 24 on.
 */
@RunWith(Suite.class)
@Suite.SuiteClasses({
  JdkMlKemTest.Choice.class,
  JdkMlKemTest.Standard.class,
  JdkMlKemTest.Wycheproof.class,
  JdkMlKemTest.XWingAgreement.class,
  JdkMlKemTest.MlKem1024Agreement.class
})
public class JdkMlKemTest {
  public static class Choice {
    @Test
    public void theJdkComputesFromVersion24On() {
      String expected = Runtime.version().feature() < 24 ? "BouncyCastle" : "SunJCE";
      assertEquals(expected, MlKemEngine.best().toString());
    }
  }

  public static class Standard extends MlKemTest {
    @Override
    MlKemEngine engine() {
      return MlKemEngine.best();
    }
  }

  public static class Wycheproof extends WycheproofMlKemTest {
    @Override
    MlKemEngine engine() {
      return MlKemEngine.best();
    }
  }

  public static class XWingAgreement extends XWingTest {
    @Override
    MlKemEngine engine() {
      return MlKemEngine.best();
    }
  }

  public static class MlKem1024Agreement extends MlKem1024Test {
    @Override
    MlKemEngine engine() {
      return MlKemEngine.best();
    }
  }
}
