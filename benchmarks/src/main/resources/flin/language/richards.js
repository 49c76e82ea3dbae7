function Packet(link, target, work) {
    this.link = link;
    this.target = target;
    this.work = work;
    this.position = 0;
    this.bytes = [0, 0, 0, 0];
}

function Task(number, priority, role, queue, link) {
    this.link = link;
    this.number = number;
    this.priority = priority;
    this.queue = queue;
    this.pending = queue !== null;
    this.suspended = number !== 0;
    this.held = false;
    this.role = role;
    this.counter = 0;
    this.seed = 0;
    this.works = null;
    this.devices = null;
}

function Scheduler() {
    this.queued = 0;
    this.holds = 0;
}

function appended(packet, queue) {
    packet.link = null;
    if (queue === null) { return packet; }
    var at = queue, next = at.link;
    while (next !== null) { at = next; next = at.link; }
    at.link = packet;
    return queue;
}

function withPacket(task, from, packet) {
    if (task.queue === null) {
        task.queue = packet;
        task.pending = true;
        if (task.priority > from.priority) { return task; }
    } else {
        task.queue = appended(packet, task.queue);
    }
    return from;
}

function send(system, tasks, from, packet) {
    var task = tasks[packet.target];
    system.queued++;
    packet.link = null;
    packet.target = from.number;
    return withPacket(task, from, packet);
}

function hold(system, task) {
    system.holds++;
    task.held = true;
    return task.link;
}

function suspend(task) {
    task.suspended = true;
    return task;
}

function release(task, other) {
    other.held = false;
    return other.priority > task.priority ? other : task;
}

function idle(system, tasks, task) {
    task.counter--;
    if (task.counter === 0) { return hold(system, task); }
    if (task.seed % 2 === 0) {
        task.seed = task.seed >> 1;
        return release(task, tasks[4]);
    }
    task.seed = ((task.seed >> 1) + 53256) % 65536;
    return release(task, tasks[5]);
}

function work(system, tasks, task, packet) {
    if (packet === null) { return suspend(task); }
    task.seed = task.seed === 2 ? 3 : 2;
    packet.target = task.seed;
    packet.position = 0;
    for (var i = 0; i < 4; i++) {
        task.counter++;
        if (task.counter > 26) { task.counter = 1; }
        packet.bytes[i] = task.counter;
    }
    return send(system, tasks, task, packet);
}

function handle(system, tasks, task, packet) {
    if (packet !== null) {
        if (packet.work) { task.works = appended(packet, task.works); } else { task.devices = appended(packet, task.devices); }
    }
    var first = task.works;
    if (first !== null) {
        var count = first.position;
        if (count < 4) {
            var device = task.devices;
            if (device !== null) {
                task.devices = device.link;
                device.position = first.bytes[count];
                first.position = count + 1;
                return send(system, tasks, task, device);
            }
        } else {
            task.works = first.link;
            return send(system, tasks, task, first);
        }
    }
    return suspend(task);
}

function drive(system, tasks, task, packet) {
    if (packet !== null) {
        task.devices = packet;
        return hold(system, task);
    }
    var waiting = task.devices;
    if (waiting === null) { return suspend(task); }
    task.devices = null;
    return send(system, tasks, task, waiting);
}

function step(system, tasks, task) {
    var packet = null;
    if (task.suspended && task.pending && !task.held) {
        packet = task.queue;
        task.queue = packet.link;
        task.suspended = false;
        task.pending = task.queue !== null;
    }
    switch (task.role) {
        case 0: return idle(system, tasks, task);
        case 1: return work(system, tasks, task, packet);
        case 2: return handle(system, tasks, task, packet);
        default: return drive(system, tasks, task, packet);
    }
}

function packets(count, target, work) {
    var head = null;
    for (var i = 0; i < count; i++) { head = new Packet(head, target, work); }
    return head;
}

function bench(n) {
    var idler = new Task(0, 0, 0, null, null);
    idler.counter = n;
    idler.seed = 1;
    var worker = new Task(1, 1000, 1, packets(2, 1, true), idler);
    worker.seed = 2;
    var handlerA = new Task(2, 2000, 2, packets(3, 4, false), worker);
    var handlerB = new Task(3, 3000, 2, packets(3, 5, false), handlerA);
    var deviceA = new Task(4, 4000, 3, null, handlerB);
    var deviceB = new Task(5, 5000, 3, null, deviceA);
    var tasks = [idler, worker, handlerA, handlerB, deviceA, deviceB];
    var system = new Scheduler();
    var at = deviceB;
    while (at !== null) {
        if (at.held || (at.suspended && !at.pending)) { at = at.link; } else { at = step(system, tasks, at); }
    }
    return system.queued * 100000 + system.holds;
}
