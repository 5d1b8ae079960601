# SPDX-License-Identifier: GPL-3.0-or-later
# kamsh --new FILE: what a new database should know from the beginning. Run by the prompt as its first command, so that it may
# ask; each answer is a setting, and Return keeps what stands in the brackets.

proc ::kam::first_questions {} {
    set zh [expr {[display get lang] eq "zh"}]
    set lang [first_ask [expr {$zh ? "语言：zh（中文）或 en（英文）" : "Language, zh (Chinese) or en (English)"}] [display get lang] language]
    display set lang $lang
    set zh [expr {$lang eq "zh"}]
    first_ask [expr {$zh ? "货币（ISO 4217 代码，如 CNY）" : "Currency (ISO 4217 code)"}] [setting get currency] currency
    first_ask [expr {$zh ? "本公司名称，用于打印的文件" : "Your own company's name, for what is printed"}] "" own-company
    return [expr {$zh ? "已保存。setting set 可随时修改。" : "Kept. `setting set` changes them at any time."}]
}

# Until the answer is one the setting takes; nothing kept when it is empty and there is no default.
proc ::kam::first_ask {question default name} {
    if {$default ne ""} {append question " \[$default\]"}
    while 1 {
        set answer [string trim [prompt::ask "$question[expr {[display get lang] eq {zh} ? "：" : ": "}]"]]
        if {$answer eq ""} {set answer $default}
        if {$answer eq ""} {return ""}
        if {$name eq "currency"} {set answer [string map {RMB CNY 人民币 CNY 美元 USD 欧元 EUR} [string toupper $answer]]}
        # What was typed may be a label (中文): the setting knows the word for it.
        if {![catch {setting set $name $answer -quiet} message info]} {return [setting get $name]}
        if {[lindex [dict get $info -errorcode] 1] ne "CONSTRAINT"} {return -options $info $message}
        puts stderr $message
    }
}
