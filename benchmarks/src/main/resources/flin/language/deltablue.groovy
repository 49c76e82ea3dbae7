final class Variable {

    long value

    Constraint determinedBy

    long mark

    long walkabout = 6

    boolean stay = true

    List<Constraint> uses = new ArrayList<>()

    Variable(long value) {
        this.value = value
    }

}

final class Constraint {

    final int kind

    final long strength

    int direction

    final Variable from

    final Variable to

    final Variable factor

    final Variable offset

    Constraint(int kind, long strength, Variable from, Variable to, Variable factor,
            Variable offset) {
        this.kind = kind
        this.strength = strength
        this.from = from
        this.to = to
        this.factor = factor
        this.offset = offset
    }

}

final class Planner {

    long mark

}

static Variable fromOf(Constraint c) {
    return (c.from != null) ? c.from : c.to
}

static Variable inputOf(Constraint c) {
    return (c.direction == 2) ? c.to : fromOf(c)
}

static Variable outputOf(Constraint c) {
    return (c.direction == 2) ? fromOf(c) : c.to
}

static int chosen(Constraint c, long mark) {
    Variable to = c.to
    Variable from = fromOf(c)
    if (c.kind < 2 || from.mark == mark) {
        return (to.mark != mark && c.strength < to.walkabout) ? 1 : 0
    }
    if (to.mark == mark) {
        return (from.mark != mark && c.strength < from.walkabout) ? 2 : 0
    }
    if (from.walkabout > to.walkabout) {
        return (c.strength < from.walkabout) ? 2 : 0
    }
    return (c.strength < to.walkabout) ? 1 : 0
}

static void markInputs(Constraint c, long mark) {
    if (c.kind >= 2) {
        inputOf(c).mark = mark
        if (c.factor != null) {
            c.factor.mark = mark
        }
        if (c.offset != null) {
            c.offset.mark = mark
        }
    }
}

static boolean settled(Variable v, long mark) {
    return v.mark == mark || v.stay || v.determinedBy == null
}

static boolean inputsKnown(Constraint c, long mark) {
    return c.kind < 2 || settled(inputOf(c), mark)
}

static void execute(Constraint c) {
    if (c.kind == 2) {
        outputOf(c).value = inputOf(c).value
    }
    if (c.kind == 3 && c.factor != null && c.offset != null) {
        if (c.direction == 1) {
            c.to.value = fromOf(c).value * c.factor.value + c.offset.value
        }
        else {
            fromOf(c).value = Math.floorDiv(c.to.value - c.offset.value, c.factor.value)
        }
    }
}

static void recalculate(Constraint c) {
    Variable out = outputOf(c)
    if (c.kind < 2) {
        out.walkabout = c.strength
        out.stay = c.kind == 0
    }
    else {
        Variable input = inputOf(c)
        out.walkabout = Math.max(c.strength, input.walkabout)
        out.stay = (c.factor != null && c.offset != null) ? input.stay && c.factor.stay && c.offset.stay : input.stay
    }
    if (out.stay) {
        execute(c)
    }
}

static Constraint satisfied(Constraint c, long mark) {
    c.direction = chosen(c, mark)
    if (c.direction == 0) {
        return null
    }
    markInputs(c, mark)
    Variable out = outputOf(c)
    Constraint beaten = out.determinedBy
    if (beaten != null) {
        beaten.direction = 0
    }
    out.determinedBy = c
    out.mark = mark
    return beaten
}

static void consume(Variable out, long mark, List<Constraint> todo) {
    for (Constraint other : out.uses) {
        if (other.direction != 0 && other !== out.determinedBy && inputsKnown(other, mark)) {
            todo.add(other)
        }
    }
}

static void propagate(Constraint c, long mark) {
    List<Constraint> todo = new ArrayList<>()
    todo.add(c)
    while (!todo.isEmpty()) {
        Constraint next = todo.remove(todo.size() - 1)
        recalculate(next)
        consume(outputOf(next), mark, todo)
    }
}

static void incrementalAdd(Planner planner, Constraint c) {
    planner.mark++
    long mark = planner.mark
    Constraint beaten = satisfied(c, mark)
    if (c.direction != 0) {
        propagate(c, mark)
    }
    while (beaten != null) {
        Constraint again = beaten
        beaten = satisfied(again, mark)
        if (again.direction != 0) {
            propagate(again, mark)
        }
    }
}

static void incrementalRemove(Planner planner, Constraint c) {
    Variable out = outputOf(c)
    c.direction = 0
    List<Constraint> kept = new ArrayList<>()
    for (Constraint use : c.to.uses) {
        if (use !== c) {
            kept.add(use)
        }
    }
    c.to.uses = kept
    out.determinedBy = null
    out.walkabout = 6
    out.stay = true
    List<Constraint> unsatisfied = new ArrayList<>()
    List<Variable> todo = new ArrayList<>()
    todo.add(out)
    while (!todo.isEmpty()) {
        Variable v = todo.remove(todo.size() - 1)
        for (Constraint other : v.uses) {
            if (other.direction == 0) {
                unsatisfied.add(other)
            }
        }
        for (Constraint other : v.uses) {
            if (other.direction != 0 && other !== v.determinedBy) {
                recalculate(other)
                todo.add(outputOf(other))
            }
        }
    }
    for (int strength = 0; strength <= 6; strength++) {
        for (Constraint other : unsatisfied) {
            if (other.strength == strength) {
                incrementalAdd(planner, other)
            }
        }
    }
}

static List<Constraint> planFrom(Planner planner, Constraint source) {
    planner.mark++
    long mark = planner.mark
    List<Constraint> plan = new ArrayList<>()
    List<Constraint> todo = new ArrayList<>()
    todo.add(source)
    while (!todo.isEmpty()) {
        Constraint c = todo.remove(todo.size() - 1)
        Variable out = outputOf(c)
        if (out.mark != mark && inputsKnown(c, mark)) {
            plan.add(c)
            out.mark = mark
            consume(out, mark, todo)
        }
    }
    return plan
}

static Constraint constrain(Planner planner, Constraint c) {
    c.to.uses.add(c)
    if (c.from != null) {
        c.from.uses.add(c)
    }
    if (c.factor != null) {
        c.factor.uses.add(c)
    }
    if (c.offset != null) {
        c.offset.uses.add(c)
    }
    incrementalAdd(planner, c)
    return c
}

static void change(Planner planner, Variable v, long value) {
    Constraint edit = constrain(planner, new Constraint(1, 2, null, v, null, null))
    List<Constraint> plan = planFrom(planner, edit)
    for (int turn = 0; turn < 10; turn++) {
        v.value = value
        for (Constraint c : plan) {
            execute(c)
        }
    }
    incrementalRemove(planner, edit)
}

static long chain(int n) {
    Planner planner = new Planner()
    Variable first = new Variable(0)
    Variable last = first
    for (int i = 0; i < n; i++) {
        Variable next = new Variable(0)
        constrain(planner, new Constraint(2, 0, last, next, null, null))
        last = next
    }
    constrain(planner, new Constraint(0, 3, null, last, null, null))
    Constraint edit = constrain(planner, new Constraint(1, 2, null, first, null, null))
    List<Constraint> plan = planFrom(planner, edit)
    long sum = 0
    for (int i = 0; i < 100; i++) {
        first.value = i
        for (Constraint c : plan) {
            execute(c)
        }
        sum += last.value
    }
    incrementalRemove(planner, edit)
    return sum
}

static long projection(int n) {
    Planner planner = new Planner()
    Variable scale = new Variable(10)
    Variable offset = new Variable(1000)
    Variable source = scale
    Variable target = scale
    List<Variable> targets = new ArrayList<>()
    for (int i = 0; i < n; i++) {
        source = new Variable(i)
        target = new Variable(i)
        targets.add(target)
        constrain(planner, new Constraint(0, 4, null, source, null, null))
        constrain(planner, new Constraint(3, 0, source, target, scale, offset))
    }
    change(planner, source, 17)
    long sum = target.value
    change(planner, target, 1050)
    sum += source.value * 10
    change(planner, scale, 5)
    for (Variable t : targets) {
        sum += t.value
    }
    change(planner, offset, 2000)
    for (Variable t : targets) {
        sum += t.value
    }
    return sum
}

static Object bench(int n) {
    return chain(n) * 1000000 + projection(n)
}
