# SPDX-License-Identifier: GPL-3.0-or-later
# A machine without fonts: one error that names the package, and no file.
source [file join $env(KAM_SRCDIR) tests fault libfault.tcl]
fault::make p.kam
fault::write none.conf {<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>}
set env(FONTCONFIG_FILE) [file normalize none.conf]
fault::fails 4 {no font with Chinese characters.*install one of the packages fonts-} "a plan" p.kam \
    -c {report run account-plan -account A1 -out x.pdf}
fault::fails 4 {install one of the packages fonts-} "a handout" p.kam -c {handout classification -out x.pdf}
tap::is [string trim [fault::works "its code" p.kam -c {
    catch {report run account-plan -account A1 -out x.pdf}
    lrange $::errorCode 0 1
}]] "KAM PDF" "is KAM PDF"
fault::done
