package org.noports.houserules;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.Test;

/** How long files and methods may be, what classes may not be called, what must not be in code. */
public class SizesAndNamesTest {
  private static final int MAX_FILE_LINES = 300;
  private static final int MAX_METHOD_LINES = 40;

  @Test
  public void noFileIsLongerThanOneCanKeepInMind() {
    assertThat(
        House.mainFiles().stream()
            .filter(file -> House.read(file).lines().count() > MAX_FILE_LINES)
            .map(House::name)
            .toList(),
        empty());
  }

  @Test
  public void noMethodIsLongerThanAScreen() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> tooLong = new ArrayList<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  null,
                  null,
                  files.getJavaFileObjectsFromPaths(House.mainFiles()));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        collect(unit, positions, tooLong);
      }
    }
    assertThat(tooLong, empty());
  }

  private static void collect(
      CompilationUnitTree unit, SourcePositions positions, List<String> tooLong) {
    LineMap lines = unit.getLineMap();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethod(MethodTree method, Void nothing) {
        long start = lines.getLineNumber(positions.getStartPosition(unit, method));
        long end = lines.getLineNumber(positions.getEndPosition(unit, method));
        if (end - start + 1 > MAX_METHOD_LINES) {
          tooLong.add(
              House.name(Path.of(unit.getSourceFile().toUri()))
                  + "#"
                  + method.getName()
                  + ": "
                  + (end - start + 1)
                  + " lines");
        }
        return super.visitMethod(method, nothing);
      }
    }.scan(unit, null);
  }

  @Test
  public void classesAreNamedForWhatTheyDo() {
    Pattern vague = Pattern.compile(".*(Impl|Manager|Helper|Utils?)\\.java");
    assertThat(named(House.mainFiles(), file -> vague.matcher(file.toString()).matches()), empty());
  }

  @Test
  public void everyPackageSaysWhatLivesInIt() {
    assertThat(
        House.mainFiles().stream()
            .map(Path::getParent)
            .distinct()
            .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
            .map(House::name)
            .toList(),
        empty());
  }

  @Test
  public void nothingIsLeftToDoWithoutAnIssue() {
    assertThat(containing(House.mainFiles(), "\\b(TODO|FIXME|XXX)\\b(?!.*#\\d)"), empty());
  }

  @Test
  public void noStackTraceGoesToAConsole() {
    assertThat(containing(House.mainFiles(), "printStackTrace\\("), empty());
  }

  @Test
  public void noTestSleepsSkipsOrRetries() {
    assertThat(
        containing(
            House.testFiles(), "Thread\\.sleep\\(|@Ignore\\b|\\bassume(True|That|NoException)\\("),
        empty());
  }

  @Test
  public void eachProviderHasOneClassForItsLogSentences() {
    Pattern logger = Pattern.compile("LoggerFactory\\.getLogger");
    for (Path bundle : House.bundles()) {
      List<String> logging =
          named(
              House.mainFiles().stream().filter(file -> file.startsWith(bundle)).toList(),
              file -> logger.matcher(House.read(file)).find());
      assertThat(
          bundle.getFileName() + ": " + logging,
          logging.stream().filter(name -> !name.endsWith("Log.java")).toList(),
          empty());
      assertThat(logging.toString(), logging.size() <= 1);
    }
  }

  private static List<String> containing(List<Path> files, String regex) {
    Pattern pattern = Pattern.compile(regex);
    return named(
        files.stream().filter(file -> !file.endsWith("SizesAndNamesTest.java")).toList(),
        file -> pattern.matcher(House.read(file)).find());
  }

  private static List<String> named(List<Path> files, Predicate<Path> matching) {
    return files.stream().filter(matching).map(House::name).toList();
  }
}
