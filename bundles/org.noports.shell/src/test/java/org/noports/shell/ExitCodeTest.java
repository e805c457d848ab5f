package org.noports.shell;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import java.util.HashSet;
import java.util.Set;
import org.junit.Test;
import org.noports.api.NoPortsException;

public class ExitCodeTest {
  @Test
  public void givesEachReasonACodeOfItsOwn() throws Exception {
    Set<Integer> codes = new HashSet<>();
    for (Class<?> reason : NoPortsException.class.getPermittedSubclasses()) {
      NoPortsException failure =
          (NoPortsException) reason.getConstructor(String.class).newInstance("because");
      assertThat(reason.getSimpleName(), ExitCode.of(failure), greaterThan(ExitCode.USAGE));
      codes.add(ExitCode.of(failure));
    }
    assertThat(codes.size(), equalTo(NoPortsException.class.getPermittedSubclasses().length));
  }
}
