package org.noports.policy.rules;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.policy.rules.question.Countries;

/** When a book's file is read, by the number of looks since it changed. */
public final class BookFileTest {
  private static final String BOOK = "format: 1\nzone: UTC\n";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private Path path;
  private BookFile file;

  @Before
  public void start() throws Exception {
    path = folder.getRoot().toPath().resolve("policy.yaml");
    Files.writeString(path, BOOK);
    file = new BookFile(path, Countries.NONE);
    assertThat("at once the first time", file.look().isPresent(), is(true));
    assertThat("and not again", file.look().isPresent(), is(false));
  }

  @Test
  public void anotherFileInItsPlaceIsReadWhenItIsWritten() throws Exception {
    Files.move(path, path.resolveSibling("old"));
    Files.writeString(path, BOOK + "# o");
    for (int i = 0; i < SettledFile.STILL; i++) {
      assertThat(file.look().isPresent(), is(false));
    }
    Files.writeString(path, BOOK + "# one\n");
    for (int i = 0; i < SettledFile.STILL; i++) {
      assertThat(file.look().isPresent(), is(false));
    }
    assertThat(file.look().orElseThrow().text(), is(BOOK + "# one\n"));
    assertThat(file.look().isPresent(), is(false));
  }

  @Test
  public void whatIsWrittenIntoItIsReadWhenItHasBeenStillForThreeLooks() throws Exception {
    Files.writeString(path, BOOK + "# o");
    assertThat(file.look().isPresent(), is(false));
    assertThat(file.look().isPresent(), is(false));
    assertThat(file.look().isPresent(), is(false));
    Files.writeString(path, BOOK + "# one\n");
    for (int i = 0; i < SettledFile.STILL; i++) {
      assertThat(file.look().isPresent(), is(false));
    }
    assertThat(file.look().orElseThrow().text(), is(BOOK + "# one\n"));
  }
}
