final class Packet {

    Packet link

    int target

    final boolean work

    int position

    final long[] bytes = new long[4]

    Packet(Packet link, int target, boolean work) {
        this.link = link
        this.target = target
        this.work = work
    }

}

final class Task {

    final Task link

    final int number

    final int priority

    Packet queue

    boolean pending

    boolean suspended

    boolean held

    final int role

    long counter

    long seed

    Packet works

    Packet devices

    Task(int number, int priority, int role, Packet queue, Task link) {
        this.number = number
        this.priority = priority
        this.role = role
        this.queue = queue
        this.link = link
        this.pending = queue != null
        this.suspended = number != 0
    }

}

final class Scheduler {

    long queued

    long holds

}

static Packet appended(Packet packet, Packet queue) {
    packet.link = null
    if (queue == null) {
        return packet
    }
    Packet at = queue
    Packet next = at.link
    while (next != null) {
        at = next
        next = at.link
    }
    at.link = packet
    return queue
}

static Task withPacket(Task task, Task from, Packet packet) {
    if (task.queue == null) {
        task.queue = packet
        task.pending = true
        if (task.priority > from.priority) {
            return task
        }
    }
    else {
        task.queue = appended(packet, task.queue)
    }
    return from
}

static Task send(Scheduler system, Task[] tasks, Task from, Packet packet) {
    Task task = tasks[packet.target]
    system.queued++
    packet.link = null
    packet.target = from.number
    return withPacket(task, from, packet)
}

static Task hold(Scheduler system, Task task) {
    system.holds++
    task.held = true
    return task.link
}

static Task suspend(Task task) {
    task.suspended = true
    return task
}

static Task release(Task task, Task other) {
    other.held = false
    return (other.priority > task.priority) ? other : task
}

static Task idle(Scheduler system, Task[] tasks, Task task) {
    task.counter--
    if (task.counter == 0) {
        return hold(system, task)
    }
    if (task.seed % 2 == 0) {
        task.seed = task.seed >> 1
        return release(task, tasks[4])
    }
    task.seed = ((task.seed >> 1) + 53256) % 65536
    return release(task, tasks[5])
}

static Task work(Scheduler system, Task[] tasks, Task task, Packet packet) {
    if (packet == null) {
        return suspend(task)
    }
    task.seed = (task.seed == 2) ? 3 : 2
    packet.target = (int) task.seed
    packet.position = 0
    for (int i = 0; i < 4; i++) {
        task.counter++
        if (task.counter > 26) {
            task.counter = 1
        }
        packet.bytes[i] = task.counter
    }
    return send(system, tasks, task, packet)
}

static Task handle(Scheduler system, Task[] tasks, Task task, Packet packet) {
    if (packet != null) {
        if (packet.work) {
            task.works = appended(packet, task.works)
        }
        else {
            task.devices = appended(packet, task.devices)
        }
    }
    Packet first = task.works
    if (first != null) {
        int count = first.position
        if (count >= 4) {
            task.works = first.link
            return send(system, tasks, task, first)
        }
        Packet device = task.devices
        if (device != null) {
            task.devices = device.link
            device.position = (int) first.bytes[count]
            first.position = count + 1
            return send(system, tasks, task, device)
        }
    }
    return suspend(task)
}

static Task drive(Scheduler system, Task[] tasks, Task task, Packet packet) {
    if (packet != null) {
        task.devices = packet
        return hold(system, task)
    }
    Packet waiting = task.devices
    if (waiting == null) {
        return suspend(task)
    }
    task.devices = null
    return send(system, tasks, task, waiting)
}

static Task step(Scheduler system, Task[] tasks, Task task) {
    Packet packet = null
    if (task.suspended && task.pending && !task.held) {
        packet = task.queue
        if (packet != null) {
            task.queue = packet.link
            task.suspended = false
            task.pending = task.queue != null
        }
    }
    switch (task.role) {
        case 0:
            return idle(system, tasks, task)
        case 1:
            return work(system, tasks, task, packet)
        case 2:
            return handle(system, tasks, task, packet)
        default:
            return drive(system, tasks, task, packet)
    }
}

static Packet packets(int count, int target, boolean work) {
    Packet head = null
    for (int i = 0; i < count; i++) {
        head = new Packet(head, target, work)
    }
    return head
}

static Object bench(int n) {
    Task idler = new Task(0, 0, 0, null, null)
    idler.counter = n
    idler.seed = 1
    Task worker = new Task(1, 1000, 1, packets(2, 1, true), idler)
    worker.seed = 2
    Task handlerA = new Task(2, 2000, 2, packets(3, 4, false), worker)
    Task handlerB = new Task(3, 3000, 2, packets(3, 5, false), handlerA)
    Task deviceA = new Task(4, 4000, 3, null, handlerB)
    Task deviceB = new Task(5, 5000, 3, null, deviceA)
    Task[] tasks = [idler, worker, handlerA, handlerB, deviceA, deviceB]
    Scheduler system = new Scheduler()
    Task at = deviceB
    while (at != null) {
        if (at.held || (at.suspended && !at.pending)) {
            at = at.link
        }
        else {
            at = step(system, tasks, at)
        }
    }
    return system.queued * 100000 + system.holds
}
