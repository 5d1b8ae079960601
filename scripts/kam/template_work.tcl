# SPDX-License-Identifier: GPL-3.0-or-later
# Templates in processes of their own: many documents on all processors, and templates nobody vouches for.
#
# A worker is this program with a read-only copy of the database, made once, so that all documents show one state of the data. It
# reads a request a line from its standard input and answers each with a line: `ok FILE PAGES BYTES MISSING WARNINGS` or `error TEXT CODE`.
# A worker for a template from elsewhere takes one request, confines itself (::kam::worker confine), and ends.
namespace eval ::kam::template {
    variable pool     ;# of the batch that runs
}

# A template is trusted when it stands in the user's own folder of templates or came with the program.
proc ::kam::template::trusted {file} {
    set file [file normalize $file]
    foreach folder [folders template] {
        # what is behind a link is resolved but for the last part of a path
        if {[file dirname $file] eq [file dirname [file normalize [file join $folder x.tcl]]]} {return 1}
    }
    return 0
}

# --- the worker's side ----------------------------------------------------------------------------------------------
proc ::kam::template::serve {} {
    fconfigure stdin -encoding utf-8
    set loaded {}
    while {[gets stdin request] >= 0} {
        lassign [decode $request] name p
        try {
            if {$name eq "sync"} {
                ::kam::worker sync $p
                set answer {ok}
            } else {
                # a template does not change within a batch; what was compiled of it stays so
                if {![dict exists $loaded $name]} {dict set loaded $name [load template $name]}
                set facts [dict get $loaded $name]
                set row [::kam::table get [make $facts [fill $facts $p]] 0]
                set answer [list ok [dict get $row file] {*}[made_words $row]]
            }
        } on error {message info} {
            set answer [list error $message [dict get $info -errorcode]]
        }
        ::kam::worker answer $answer
    }
}
proc ::kam::template::serve_confined {} {
    fconfigure stdin -encoding utf-8
    gets stdin request
    lassign [decode $request] text name p limits
    days_before 2026-01-01 1 ;# clock loads its parts while files can be read
    variable loading $name
    variable lang [dict get $p lang]
    set out [dict get $p out]
    if {[catch {
        uplevel #0 [list ::kam::worker confine $out {*}$limits] ;# Tcl hides what is unsafe by global names
        if {[dict exists $p check]} {
            check_here $name $text $p
            set row {pages 0 bytes 0 missing_characters 0}
        } else {
            set facts [evaluated $name $text]
            set p [fill $facts $p]
            set row [::kam::table get [lay $facts $p {::kam::worker finish}] 0]
        }
    } message info]} {
        # no longer than an answer may be
        set answer [list error [string range $message 0 20000] [string range [dict get $info -errorcode] 0 2000]]
    } else {
        set answer [list ok $out {*}[lmap word [made_words $row] {string range $word 0 20000}]]
    }
    ::kam::worker answer $answer
}
# Of a document that was made: pages, bytes, missing characters, warnings.
proc ::kam::template::made_words {row} {
    return [list [dict get $row pages] [dict get $row bytes] [dict get $row missing_characters] [expr {[dict exists $row warnings] ? [dict get $row warnings] : {}}]]
}
# What a text declares, which is to be one template.
proc ::kam::template::evaluated {name text} {
    variable meta
    unset -nocomplain meta
    eval $text
    set declared [array names meta template,*]
    if {[llength $declared] != 1} {
        return -code error -errorcode {KAM USAGE template} [say "$name does not declare one template" "$name 没有恰好声明一个模板"]
    }
    return [declared template [string range [lindex $declared 0] 9 end]]
}
# What a confined worker says is shown to a person and read by scripts: nothing a terminal obeys or that turns the direction of writing,
# and no code that means the person ended it.
proc ::kam::template::tame {answer} {
    set answer [lmap word $answer {regsub -all {[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]} $word \ufffd}]
    if {[lindex $answer 0] ne "error"} {return $answer}
    set code [lindex $answer 2]
    if {![string is list $code] || [lrange $code 0 1] in {{KAM INTERRUPT} {TCL CANCEL}}} {set code NONE}
    return [list error [lindex $answer 1] $code]
}
# A request or an answer as one line.
proc ::kam::template::encode {list} {return [binary encode hex [encoding convertto utf-8 $list]]}
proc ::kam::template::decode {line} {return [encoding convertfrom utf-8 [binary decode hex $line]]}

# --- the session's side ---------------------------------------------------------------------------------------------
# Runs requests (dicts: key, words = the request's list with the parameters second, confined 0/1, seconds) on up to `jobs` workers.
# A request with `bare` needs no data: what reads a template only. Returns key → answer. Every document is made in `scratch`, a folder of ours beside the finished ones, and renamed from there
# when it is whole: whatever ends the work, what stands in scratch goes and what stands outside is finished.
#
#   queue      requests nobody has           at,CHANNEL     those a worker has: the one it is at, and for one that is trusted
#   running    workers                                      the next, so that it need not wait for us
#   answers    key → answer                  pid,CHANNEL    its process
#   tick       what `work` waits for         noise,CHANNEL  what it wrote that is no answer
proc ::kam::template::work {requests jobs lang} {
    variable pool
    clear_pool
    array set pool [list queue $requests running 0 answers {} copy {} lang $lang all [llength $requests] tick 0]
    set folder [file dirname [outfile [lindex $requests 0]]]
    try {
        # in the pool from the moment it is there: a ^C may come between any two commands
        if {![dict exists [lindex $requests 0] bare]} {
            close [file tempfile pool(copy)]
            file delete $pool(copy)
            ::kam::database backup $pool(copy)
        }
        scratch_folder $folder
        # a worker that is confined brings its file to the disk; the others leave that to the last of them
        set pool(sync) [expr {[dict get [lindex $requests 0] confined] ? {} : [list [dict create key sync folder $folder confined 0 seconds 0 words [list sync $folder]]]}]
        for {set i 0} {$i < min($jobs, $pool(all))} {incr i} {hire}
        tell
        while {$pool(running) > 0} {
            vwait ::kam::template::pool(tick)
            if {[::kam::worker asked]} {return -code error -errorcode {KAM INTERRUPT} [so_far $folder]} ;# a return: no `on error` hears it
        }
        set synced [expr {[dict exists $pool(answers) sync] ? [dict get $pool(answers) sync] : {}}]
        if {[lindex $synced 0] eq "error"} {return -code error -errorcode [list KAM IO $folder] [say2 "cannot write into $folder: [lindex $synced 1]" "无法写入 $folder：[lindex $synced 1]"]}
        return $pool(answers)
    } on error {message info} {
        # whatever it was that a ^C met first
        if {[::kam::worker asked]} {return -code error -errorcode {KAM INTERRUPT} [so_far $folder]}
        return -options $info $message
    } finally {
        clear_pool
    }
}
# What a ^C leaves of a batch.
proc ::kam::template::so_far {folder} {
    variable pool
    if {$pool(all) < 2} {return interrupted}
    set done 0
    if {[info exists pool(placing)] && ![file exists $pool(placing)]} {incr done} ;# in its place, but not noted yet
    dict for {key answer} $pool(answers) {incr done [expr {$key ne "sync" && [lindex $answer 0] eq "ok"}]}
    return [say2 "interrupted: $done of $pool(all) documents are written and stay in $folder" "已中断：$pool(all) 份文件中已写出 $done 份，留在 $folder"]
}
# Also what is left when ^C unwound a batch before: its channels are heard of once more, with nobody waiting.
proc ::kam::template::clear_pool {} {
    variable pool
    foreach channel [::kam::worker stop] {
        catch {fileevent $channel readable {}}
        catch {fconfigure $channel -blocking 0}
        catch {close $channel}
    }
    if {![info exists pool(all)]} return
    foreach name [array names pool timer*] {after cancel $pool($name)}
    set files [expr {[info exists pool(scratch)] ? [list $pool(scratch)] : {}}]
    if {$pool(copy) ne {}} {lappend files $pool(copy) $pool(copy)-wal $pool(copy)-shm}
    # one that was killed within a system call may end it first, and make a file behind our back
    for {set i 0} {$i < 10 && [catch {file delete -force {*}$files}]} {incr i} {after 5}
    array unset pool ;# last: as long as there is one, something is left to clear
}
# Named before it is made, so that nothing that comes in between leaves it behind.
proc ::kam::template::scratch_folder {folder} {
    variable pool
    for {set i 0} {$i < 100 && [file exists [set path [file join $folder .kamsh-[pid]-$i]]]} {incr i} {}
    if {$i == 100} {return -code error -errorcode [list KAM IO $folder] [say2 "cannot make a folder in $folder" "无法在 $folder 中建立文件夹"]}
    set pool(scratch) $path
    if {[catch {file mkdir $path} message info]} {
        if {[lindex [dict get $info -errorcode] 1] eq "CANCEL"} {return -options $info $message}
        return -code error -errorcode [list KAM IO $folder] [say2 "cannot write into $folder: $message" "无法写入 $folder：$message"]
    }
}
# The file a request is to make, and where it is made.
proc ::kam::template::outfile {request} {
    return [dict get [lindex [dict get $request words] [expr {1 + [dict get $request confined]}]] out]
}
proc ::kam::template::draft {request} {
    variable pool
    return [file join $pool(scratch) [file tail [outfile $request]]]
}
# A worker for what is in the queue; does nothing when that is empty.
proc ::kam::template::hire {} {
    variable pool
    if {![llength $pool(queue)]} return
    set confined [dict get [lindex $pool(queue) 0] confined]
    set verb [expr {$confined ? {serve_confined} : {serve}}]
    lassign [::kam::worker hire [list [info nameofexecutable] -X --lang $pool(lang) {*}[expr {$pool(copy) eq {} ? {} : [list --readonly $pool(copy)]}] -c "::kam::worker begin $confined; ::kam::worker reader [reads]; ::kam::template::$verb" 2>@1]] channel pid
    fconfigure $channel -encoding utf-8 -buffering line -blocking 0 -translation lf
    set pool(pid,$channel) $pid
    set pool(at,$channel) {}
    set pool(late,$channel) 0
    incr pool(running)
    fileevent $channel readable [list ::kam::template::heard $channel]
    hand $channel
}
# Gives a worker what it lacks. A second request only as long as there is one for everybody.
proc ::kam::template::hand {channel} {
    variable pool
    while {[llength $pool(queue)]} {
        set request [lindex $pool(queue) 0]
        set has [llength $pool(at,$channel)]
        if {$has > 1 || ($has == 1 && ([dict get $request confined] || [llength $pool(queue)] <= $pool(running)))} return
        set pool(queue) [lrange $pool(queue) 1 end]
        lappend pool(at,$channel) $request
        if {[dict get $request seconds] > 0} {
            set pool(timer,$channel) [after [expr {1000 * [dict get $request seconds]}] [list ::kam::template::too_late $channel]]
        }
        set words [dict get $request words]
        if {![dict exists $request folder]} {
            set at [expr {1 + [dict get $request confined]}]
            lset words $at [dict replace [lindex $words $at] out [draft $request]]
        }
        # a worker that is gone already is noticed when it is read from
        catch {puts $channel [encode $words]; flush $channel}
    }
}
proc ::kam::template::too_late {channel} {
    variable pool
    set pool(late,$channel) 1
    ::kam::worker kill $pool(pid,$channel)
}
# The answer to what a worker is at. A document that was made gets its name.
proc ::kam::template::answered {channel answer} {
    variable pool
    if {[info exists pool(timer,$channel)]} {after cancel $pool(timer,$channel); unset pool(timer,$channel)}
    set request [lindex $pool(at,$channel) 0]
    set pool(at,$channel) [lrange $pool(at,$channel) 1 end]
    if {![dict exists $request folder] && ![dict exists $request check]} {
        set draft [draft $request]
        set out [outfile $request]
        if {[lindex $answer 0] eq "error"} {
            lset answer 1 [string map [list $draft $out] [lindex $answer 1]]
            if {[llength $answer] > 2} {lset answer 2 [string map [list $draft $out] [lindex $answer 2]]}
        } elseif {![file isfile $draft]} {
            # an answer is a worker's word only, and one that is confined may say what it likes
            set answer [list error [say2 {the worker wrote no file} 工作进程没有写出文件] {KAM IO worker}]
        } elseif {[catch {put_in_place [set pool(placing) $draft] $out} message]} {
            set answer [list error $message [list KAM IO $out]]
        } else {
            lset answer 1 $out
        }
    }
    dict set pool(answers) [dict get $request key] $answer
    unset -nocomplain pool(placing)
}
proc ::kam::template::put_in_place {draft out} {
    if {[file isdirectory $out]} {error [say2 "cannot write $out: it is a folder" "无法写入 $out：它是文件夹"]}
    if {[file exists $out]} {file attributes $draft -permissions [file attributes $out -permissions]}
    file rename -force -- $draft $out
}
proc ::kam::template::heard {channel} {
    variable pool
    if {![::kam::worker busy]} clear_pool
    # one that a ^C kept from being closed: it would be heard of without end, and by the next batch
    if {![info exists pool(pid,$channel)]} {
        catch {fileevent $channel readable {}}
        catch {fconfigure $channel -blocking 0}
        catch {close $channel}
        return
    }
    while {[gets $channel line] >= 0} {
        if {![llength $pool(at,$channel)]} continue
        if {![regexp {^([0-9a-f]{2})+$} $line] || [catch {lindex [decode $line] 0} kind] || $kind ni {ok error}} {
            lappend pool(noise,$channel) $line
            continue
        }
        set confined [dict get [lindex $pool(at,$channel) 0] confined]
        answered $channel [expr {$confined ? [tame [decode $line]] : [decode $line]}]
        if {!$confined} {hand $channel}
        if {![llength $pool(at,$channel)] && $pool(running) == 1 && [llength $pool(sync)]} {
            set pool(queue) $pool(sync)
            set pool(sync) {}
            hand $channel
        }
        if {![llength $pool(at,$channel)]} {
            # no more for it: it ends when its input does, and is heard of once more
            catch {close $channel write}
            if {$confined} {catch {::kam::worker kill $pool(pid,$channel)}}
        }
    }
    if {[eof $channel]} {ended $channel}
}
proc ::kam::template::ended {channel} {
    variable pool
    set pid $pool(pid,$channel)
    catch {::kam::worker kill $pid} ;# one that closed its output and goes on; nothing to one that ended
    catch {fconfigure $channel -blocking 1}
    catch {close $channel} - info
    ::kam::worker gone $pid
    incr pool(running) -1
    if {[llength $pool(at,$channel)]} {
        set seconds [dict get [lindex $pool(at,$channel) 0] seconds]
        set noise [expr {[info exists pool(noise,$channel)] ? [join [lrange $pool(noise,$channel) 0 2] { }] : {}}]
        answered $channel [last_word $pool(late,$channel) $seconds $noise [dict get $info -errorcode]]
        set pool(queue) [concat $pool(at,$channel) $pool(queue)] ;# what it had not come to
    }
    foreach what {pid at late noise timer} {unset -nocomplain pool($what,$channel)}
    if {![llength $pool(queue)] && !$pool(running)} {set pool(queue) $pool(sync); set pool(sync) {}}
    hire
    incr pool(tick)
}
# Why a worker ended without an answer.
proc ::kam::template::last_word {late seconds noise code} {
    if {$late} {return [list error [say2 "the template did not end within $seconds s" "模板在 $seconds 秒内没有结束"] {KAM LIMIT time}]}
    switch [lindex $code 2] {
        SIGXCPU {return [list error [say2 {the template used more processor time than allowed} 模板占用的处理器时间超过限制] {KAM LIMIT time}]}
        SIGKILL {return [list error [say2 {the template used more processor time or memory than allowed} 模板占用的处理器时间或内存超过限制] {KAM LIMIT time}]}
        SIGABRT - SIGSEGV - SIGBUS {return [list error [say2 {the template used more memory than allowed, or went too deep} 模板占用的内存或嵌套层次超过限制] {KAM LIMIT memory}]}
    }
    if {[string match -nocase {*memory*} $noise] || [string match {*alloc*} $noise]} {
        return [list error [say2 {the template used more memory than allowed} 模板占用的内存超过限制] {KAM LIMIT memory}]
    }
    return [list error [say2 "the worker ended without an answer ($noise)" "工作进程没有给出结果（$noise）"] {KAM IO worker}]
}
proc ::kam::template::say2 {en zh} {
    return [expr {[reads] eq "zh" ? $zh : $en}]
}
# How far it is, five times a second; only said where there is a person to see it. And whether that person had enough.
proc ::kam::template::tell {} {
    variable pool
    if {[::kam::worker asked]} {incr pool(tick)}
    if {$pool(all) > 1} {::kam::worker told [dict size $pool(answers)] $pool(all)}
    set pool(timer) [after 200 ::kam::template::tell]
}

# --- what `report run` calls ----------------------------------------------------------------------------------------
proc ::kam::template::limits {p} {
    # memory and file in MB, processor time in seconds; the wall clock has twice that
    return [list [dict get $p memory] [dict get $p seconds] 64]
}
# The parameters without the words that are for `report run` itself.
proc ::kam::template::own {p} {return [dict remove $p each where among trusted jobs seconds memory]}
proc ::kam::template::confined_request {file p key} {
    set text [file_text $file]
    return [dict create key $key confined 1 seconds [expr {2 * [dict get $p seconds]}] \
        words [list $text [file tail $file] [own $p] [limits $p]]]
}
# One document from a template nobody vouches for.
proc ::kam::template::run_confined {file p} {
    if {![dict exists $p out]} {
        set who "[expr {[dict exists $p account] ? "-[string map {/ _} [dict get $p account]]" : {}}][expr {[customer? $p] ? {-customer} : {}}]"
        dict set p out "[file rootname [file tail $file]]$who.[dict get $p lang].pdf"
    }
    dict set p out [file normalize [dict get $p out]]
    set answer [dict get [work [list [confined_request $file $p one]] 1 [dict get $p lang]] one]
    if {[lindex $answer 0] eq "ok"} {
        # the worker's word for pages only: it may say what it likes
        lassign $answer - - pages - missing warnings
        set row [dict create file [dict get $p out] pages [expr {[string is integer -strict $pages] ? $pages : 0}] \
            bytes [file size [dict get $p out]] missing_characters [expr {[string is integer -strict $missing] ? $missing : 0}]]
        if {$warnings ne {}} {dict set row warnings $warnings}
        return [made_table [list $row]]
    }
    lassign $answer - message code
    # words that are wrong are so for a trusted one, too
    return -code error -errorcode $code [expr {$code eq {KAM USAGE {report run}} ? $message : "$message [say_trust $file]"}]
}
proc ::kam::template::say_trust {file} {
    return [expr {[lindex [folders template] 0] eq {} ? {} : [say2 "([file tail $file] runs confined; -trusted, or a place in [lindex [folders template] 0], lifts that)" "（[file tail $file] 受限运行；加 -trusted 或放入 [lindex [folders template] 0] 可解除）"]}]
}
proc ::kam::template::answer_row {answer} {
    lassign $answer - file pages bytes missing warnings
    set row [dict create file $file pages $pages bytes $bytes missing_characters $missing]
    if {$warnings ne {}} {dict set row warnings $warnings}
    return $row
}
# `first` and `last`: columns before and behind those of every document. That of warnings is there when there are any.
proc ::kam::template::made_table {rows {first {}} {last {}}} {
    set warned 0
    foreach row $rows {if {[dict exists $row warnings]} {set warned 1}}
    return [::kam::table make [concat $first {file text pages int bytes int missing_characters int} [expr {$warned ? {warnings text} : {}}] $last] $rows]
}
# The codes of those that -each means: all, or those that -where and -among leave.
proc ::kam::template::chosen {p} {
    set conditions [expr {[dict exists $p where] ? [concat {*}[lmap one [dict get $p where] {list -where $one}]] : {}}]
    if {![dict exists $p among]} {
        set codes {}
        ::kam::table each row [::kam::account list -columns {code} {*}$conditions] {lappend codes [dict get $row code]}
        return $codes
    }
    set codes {}
    foreach code [dict get $p among] {
        if {[dict exists $codes $code]} continue
        # an account nobody knows is told here and not for each worker; conditions are asked of each, not of all
        set code [::kam::table get [::kam::account show $code] 0 code]
        if {[llength $conditions] && ![::kam::table rows [::kam::account list -columns {code} -where "code = $code" {*}$conditions]]} continue
        dict set codes $code 1
    }
    return [dict keys $codes]
}
# One document an account. A failure does not stop the others; it stands in the result with its reason.
proc ::kam::template::run_each {file p} {
    if {[dict get $p each] ne "account"} {
        refuse {USAGE {report run}} "report run: -each knows only `account`" "report run：-each 只能是 account"
    }
    set codes [chosen $p]
    set folder [file normalize [expr {[dict exists $p out] ? [dict get $p out] : "."}]]
    file mkdir $folder
    set safe [expr {[dict get $p trusted] || [trusted $file]}]
    set plain [file rootname [file tail $file]]
    set requests {}
    set taken {}
    set tail [expr {[customer? $p] ? "-customer" : ""}]
    foreach code $codes {
        # A/1 and A_1 would have one name
        for {set name [string map {/ _} $code]; set k 2} {[dict exists $taken $name]} {incr k} {set name "[string map {/ _} $code]-$k"}
        dict set taken $name 1
        set out [file join $folder "$plain-$name$tail.[dict get $p lang].pdf"]
        set one [dict replace $p account $code out $out]
        lappend requests [expr {$safe ? [dict create key $code confined 0 seconds 0 words [list $file [own $one]]] : [confined_request $file $one $code]}]
    }
    set jobs [expr {[dict exists $p jobs] && [dict get $p jobs] > 0 ? [dict get $p jobs] : [::kam::worker cores]}]
    set answers [expr {[llength $requests] ? [work $requests $jobs [dict get $p lang]] : {}}]
    set rows {}
    set failed 0
    foreach request $requests {
        set code [dict get $request key]
        set answer [dict get $answers $code]
        if {[lindex $answer 0] eq "ok"} {
            lappend rows [dict merge [dict create account $code] [answer_row $answer]]
        } else {
            incr failed
            lappend rows [dict create account $code error [lindex $answer 1]]
        }
    }
    if {$failed} {::kam::worker failed}
    return [made_table $rows {account text} {error text}]
}
