function Variable(value) {
    this.value = value;
    this.determinedBy = null;
    this.mark = 0;
    this.walkabout = 6;
    this.stay = true;
    this.uses = [];
}

function Constraint(kind, strength, from, to, factor, offset) {
    this.kind = kind;
    this.strength = strength;
    this.direction = 0;
    this.from = from;
    this.to = to;
    this.factor = factor;
    this.offset = offset;
}

function Planner() { this.mark = 0; }

function inputOf(c) { return c.direction === 2 ? c.to : c.from !== null ? c.from : c.to; }

function outputOf(c) { return c.direction === 2 ? (c.from !== null ? c.from : c.to) : c.to; }

function chosen(c, mark) {
    var to = c.to, from = c.from !== null ? c.from : c.to;
    if (c.kind < 2) { return to.mark !== mark && c.strength < to.walkabout ? 1 : 0; }
    if (from.mark === mark) { return to.mark !== mark && c.strength < to.walkabout ? 1 : 0; }
    if (to.mark === mark) { return from.mark !== mark && c.strength < from.walkabout ? 2 : 0; }
    if (from.walkabout > to.walkabout) { return c.strength < from.walkabout ? 2 : 0; }
    return c.strength < to.walkabout ? 1 : 0;
}

function markInputs(c, mark) {
    if (c.kind >= 2) {
        inputOf(c).mark = mark;
        if (c.factor !== null) { c.factor.mark = mark; }
        if (c.offset !== null) { c.offset.mark = mark; }
    }
}

function settled(v, mark) { return v.mark === mark || v.stay || v.determinedBy === null; }

function inputsKnown(c, mark) { return c.kind < 2 || settled(inputOf(c), mark); }

function execute(c) {
    if (c.kind === 2) { outputOf(c).value = inputOf(c).value; }
    if (c.kind === 3) {
        if (c.direction === 1) {
            c.to.value = c.from.value * c.factor.value + c.offset.value;
        } else {
            c.from.value = ((c.to.value - c.offset.value) / c.factor.value) | 0;
        }
    }
}

function recalculate(c) {
    var out = outputOf(c);
    if (c.kind < 2) {
        out.walkabout = c.strength;
        out.stay = c.kind === 0;
    } else {
        var input = inputOf(c);
        out.walkabout = c.strength > input.walkabout ? c.strength : input.walkabout;
        out.stay = c.factor !== null && c.offset !== null ? input.stay && c.factor.stay && c.offset.stay : input.stay;
    }
    if (out.stay) { execute(c); }
}

function satisfied(c, mark) {
    c.direction = chosen(c, mark);
    if (c.direction === 0) { return null; }
    markInputs(c, mark);
    var out = outputOf(c), beaten = out.determinedBy;
    if (beaten !== null) { beaten.direction = 0; }
    out.determinedBy = c;
    out.mark = mark;
    return beaten;
}

function propagate(c, mark) {
    var todo = [c];
    while (todo.length > 0) {
        var next = todo.pop();
        recalculate(next);
        var out = outputOf(next);
        for (var i = 0; i < out.uses.length; i++) {
            var other = out.uses[i];
            if (other.direction !== 0 && other !== out.determinedBy && inputsKnown(other, mark)) { todo.push(other); }
        }
    }
}

function incrementalAdd(planner, c) {
    var mark = ++planner.mark;
    var beaten = satisfied(c, mark);
    if (c.direction !== 0) { propagate(c, mark); }
    while (beaten !== null) {
        var again = beaten;
        beaten = satisfied(again, mark);
        if (again.direction !== 0) { propagate(again, mark); }
    }
}

function incrementalRemove(planner, c) {
    var out = outputOf(c), unsatisfied = [], todo = [out], i, other;
    c.direction = 0;
    c.to.uses = c.to.uses.filter(function (use) { return use !== c; });
    out.determinedBy = null;
    out.walkabout = 6;
    out.stay = true;
    while (todo.length > 0) {
        var v = todo.pop();
        for (i = 0; i < v.uses.length; i++) {
            if (v.uses[i].direction === 0) { unsatisfied.push(v.uses[i]); }
        }
        for (i = 0; i < v.uses.length; i++) {
            other = v.uses[i];
            if (other.direction !== 0 && other !== v.determinedBy) {
                recalculate(other);
                todo.push(outputOf(other));
            }
        }
    }
    for (var strength = 0; strength <= 6; strength++) {
        for (i = 0; i < unsatisfied.length; i++) {
            if (unsatisfied[i].strength === strength) { incrementalAdd(planner, unsatisfied[i]); }
        }
    }
}

function planFrom(planner, source) {
    var mark = ++planner.mark, plan = [], todo = [source];
    while (todo.length > 0) {
        var c = todo.pop(), out = outputOf(c);
        if (out.mark !== mark && inputsKnown(c, mark)) {
            plan.push(c);
            out.mark = mark;
            for (var i = 0; i < out.uses.length; i++) {
                var other = out.uses[i];
                if (other.direction !== 0 && other !== out.determinedBy && inputsKnown(other, mark)) { todo.push(other); }
            }
        }
    }
    return plan;
}

function constrain(planner, c) {
    c.to.uses.push(c);
    if (c.from !== null) { c.from.uses.push(c); }
    if (c.factor !== null) { c.factor.uses.push(c); }
    if (c.offset !== null) { c.offset.uses.push(c); }
    incrementalAdd(planner, c);
    return c;
}

function change(planner, v, value) {
    var edit = constrain(planner, new Constraint(1, 2, null, v, null, null));
    var plan = planFrom(planner, edit);
    for (var turn = 0; turn < 10; turn++) {
        v.value = value;
        for (var i = 0; i < plan.length; i++) { execute(plan[i]); }
    }
    incrementalRemove(planner, edit);
}

function chain(n) {
    var planner = new Planner(), first = new Variable(0), last = first, sum = 0, i;
    for (i = 0; i < n; i++) {
        var next = new Variable(0);
        constrain(planner, new Constraint(2, 0, last, next, null, null));
        last = next;
    }
    constrain(planner, new Constraint(0, 3, null, last, null, null));
    var edit = constrain(planner, new Constraint(1, 2, null, first, null, null));
    var plan = planFrom(planner, edit);
    for (i = 0; i < 100; i++) {
        first.value = i;
        for (var k = 0; k < plan.length; k++) { execute(plan[k]); }
        sum += last.value;
    }
    incrementalRemove(planner, edit);
    return sum;
}

function projection(n) {
    var planner = new Planner(), scale = new Variable(10), offset = new Variable(1000);
    var source = scale, target = scale, targets = [], i;
    for (i = 0; i < n; i++) {
        source = new Variable(i);
        target = new Variable(i);
        targets.push(target);
        constrain(planner, new Constraint(0, 4, null, source, null, null));
        constrain(planner, new Constraint(3, 0, source, target, scale, offset));
    }
    change(planner, source, 17);
    var sum = target.value;
    change(planner, target, 1050);
    sum += source.value * 10;
    change(planner, scale, 5);
    for (i = 0; i < n; i++) { sum += targets[i].value; }
    change(planner, offset, 2000);
    for (i = 0; i < n; i++) { sum += targets[i].value; }
    return sum;
}

function bench(n) { return chain(n) * 1000000 + projection(n); }
