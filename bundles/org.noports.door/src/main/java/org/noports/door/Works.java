package org.noports.door;

/** Gives each call to the work its greeting asks for. */
record Works(Work command, Work console, Work raw, Work control) implements Work {
  @Override
  public int run(Call call) throws Exception {
    Work work =
        switch (call.greeting().mode()) {
          case COMMAND -> command;
          case CONSOLE -> console;
          case RAW -> raw;
          case CONTROL -> control;
        };
    return work.run(call);
  }
}
