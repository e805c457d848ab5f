package org.noports.ssh.client.copy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.noports.api.NoPortsException;
import org.noports.ssh.client.words.CopyRequest;

/**
 * Copies files and folders from one side to the other. What cannot be copied is said, and the rest
 * goes on, unless nothing can be copied any more.
 */
final class CopyFiles {
  /** Deeper than any folder that is one. */
  private static final int DEEPEST = 256;

  private final Side from;
  private final Side to;
  private final CopyRequest asked;
  private final Consumer<String> told;
  private final CopyFile one;
  private final Deque<String> within = new ArrayDeque<>();
  private Optional<NoPortsException> first = Optional.empty();

  CopyFiles(Side from, Side to, CopyRequest asked, Progress progress, Consumer<String> told) {
    this.from = from;
    this.to = to;
    this.asked = asked;
    this.told = told;
    one = new CopyFile(from, to, asked.preserve(), progress);
  }

  /** Copies all; the first thing that was not copied, if any. */
  Optional<NoPortsException> all() throws InterruptedIOException {
    try {
      boolean into = intoFolder();
      for (String source : asked.sources()) {
        each(source, () -> named(source, into));
      }
    } catch (CopyProblem e) {
      keep(e);
    }
    return first;
  }

  private interface Step {
    void take() throws CopyProblem, InterruptedIOException;
  }

  /** Does one of several; a problem of its own does not keep the others. */
  private void each(String what, Step step) throws CopyProblem, InterruptedIOException {
    try {
      step.take();
    } catch (CopyProblem e) {
      if (e.ofAll()) {
        throw e;
      }
      keep(e);
    }
  }

  private void keep(CopyProblem problem) {
    told.accept(problem.getMessage());
    first = first.or(() -> Optional.of(problem.told()));
  }

  private boolean intoFolder() throws CopyProblem, InterruptedIOException {
    Optional<Entry> target = look(to, asked.target());
    boolean folder = target.filter(entry -> entry.kind() == Entry.Kind.FOLDER).isPresent();
    if (!folder && (asked.sources().size() > 1 || asked.target().endsWith("/"))) {
      throw Problems.one("'" + asked.target() + "' " + to.title() + " is no folder");
    }
    return folder;
  }

  private static Optional<Entry> look(Side side, String path)
      throws CopyProblem, InterruptedIOException {
    try {
      return side.look(path);
    } catch (IOException e) {
      throw Problems.at(side, path, "look at", e);
    }
  }

  private void named(String source, boolean into) throws CopyProblem, InterruptedIOException {
    Entry entry =
        look(from, source)
            .orElseThrow(() -> Problems.one("There is no '" + source + "' " + from.title()));
    String target = asked.target();
    if (into) {
      try {
        target = to.join(target, safe(from.name(source)));
      } catch (IOException e) {
        throw Problems.at(from, source, "look at", e);
      }
    }
    copy(source, entry, target);
  }

  private void copy(String source, Entry entry, String target)
      throws CopyProblem, InterruptedIOException {
    switch (entry.kind()) {
      case FILE -> one.copy(source, entry, target);
      case FOLDER -> folder(source, entry, target);
      case OTHER ->
          throw Problems.one(
              "'" + source + "' " + from.title() + " is neither a file nor a folder");
    }
  }

  private void folder(String source, Entry entry, String target)
      throws CopyProblem, InterruptedIOException {
    if (!asked.folders()) {
      throw Problems.one("'" + source + "' " + from.title() + " is a folder: -r copies folders");
    }
    List<String> names = enter(source);
    boolean made = make(target);
    for (String name : names) {
      String inside = from.join(source, safe(name));
      each(inside, () -> inside(inside, to.join(target, name)));
    }
    within.pop();
    if (made || asked.preserve()) {
      try {
        int mode = asked.preserve() ? entry.mode() : to.permitted(entry.mode());
        to.settle(
            target, mode, asked.preserve() ? Optional.of(entry.modified()) : Optional.empty());
      } catch (IOException e) {
        throw Problems.at(to, target, "change", e);
      }
    }
  }

  private void inside(String source, String target) throws CopyProblem, InterruptedIOException {
    Optional<Entry> entry = look(from, source);
    if (entry.isEmpty()) {
      throw Problems.one("'" + source + "' " + from.title() + " leads nowhere");
    }
    copy(source, entry.get(), target);
  }

  /** Links are followed, as scp does; one to where we are in has no end. */
  private List<String> enter(String source) throws CopyProblem, InterruptedIOException {
    try {
      List<String> names = from.names(source);
      String real = from.real(source);
      if (within.contains(real) || within.size() >= DEEPEST) {
        throw Problems.one("'" + source + "' " + from.title() + " leads back into itself");
      }
      within.push(real);
      return names;
    } catch (IOException e) {
      throw Problems.at(from, source, "list", e);
    }
  }

  private boolean make(String target) throws CopyProblem, InterruptedIOException {
    Optional<Entry> present = look(to, target);
    if (present.filter(entry -> entry.kind() != Entry.Kind.FOLDER).isPresent()) {
      throw Problems.one("'" + target + "' " + to.title() + " is no folder");
    }
    if (present.isEmpty()) {
      try {
        to.makeFolder(target);
      } catch (IOException e) {
        throw Problems.at(to, target, "make", e);
      }
    }
    return present.isEmpty();
  }

  /** A name in a folder is one; a far side that says otherwise wants to write elsewhere. */
  private String safe(String name) throws CopyProblem {
    if (name.isEmpty() || name.equals(".") || name.equals("..") || name.contains("/")) {
      throw Problems.one(
          "'" + name + "', which is told " + from.title() + ", is no name of a file: not copied");
    }
    return name;
  }
}
