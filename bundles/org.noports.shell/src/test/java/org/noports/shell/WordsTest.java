package org.noports.shell;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.Assert.assertThrows;

import java.util.List;
import org.apache.karaf.shell.api.action.Option;
import org.junit.Test;

public class WordsTest {
  private final Sample sample = new Sample();
  private final Words words = new Words(sample);

  @Test
  public void findsOptionsBehindAndBetweenArguments() {
    assertThat(
        words.settle(List.of("@device", "--name", "dev1", "second", "-n", "7", "--loud")),
        contains("@device", "second"));
    assertThat(sample.name, equalTo("dev1"));
    assertThat(sample.number, equalTo(7));
    assertThat(sample.loud, equalTo(true));
  }

  @Test
  public void readsAValueBehindAnEqualsSign() {
    words.settle(List.of("--name=a=b"));
    assertThat(sample.name, equalTo("a=b"));
  }

  @Test
  public void replacesADefaultListAndAddsToAGivenOne() {
    words.settle(List.of("--many", "a", "--many", "b"));
    assertThat(sample.many, contains("a", "b"));
  }

  @Test
  public void namesWhatItCannotUse() {
    assertThat(refusal("--nmae", "x"), containsString("--nmae"));
    assertThat(refusal("--number", "x"), containsString("whole number"));
    assertThat(refusal("--name"), containsString("needs a value"));
  }

  private String refusal(String... line) {
    return assertThrows(IllegalArgumentException.class, () -> words.settle(List.of(line)))
        .getMessage();
  }

  /** A command's options. */
  private static final class Sample {
    @Option(name = "--name")
    private String name;

    @Option(name = "--number", aliases = "-n")
    private int number;

    @Option(name = "--loud")
    private boolean loud;

    @Option(name = "--many", multiValued = true)
    private List<String> many = List.of("default");
  }
}
